"""A long and lossy path between two devices of this machine, for a kernel without netem.

usage: path.py OUTER INNER SEED

Makes two TUN devices of these names and carries every packet from one to the other, 'inward' from OUTER to INNER and 'outward' back. Who
starts it gives the devices addresses and may move them to other network namespaces. Requests come as lines of JSON on standard input:

    {"id": 1, "inward": {"delayMillis": 50, "loss": 0.05}, "outward": {"delayMillis": 50, "loss": 0}}

A direction that is not named stays as it is. The delay of each packet is fixed, so nothing is reordered; each packet is lost with the
probability `loss`, independently of others. The answer {"id": 1, "inward": {"carried": 10, "lost": 1}, "outward": …} counts what was taken
before the change. Ends, and its devices with it, at the end of standard input.
"""

import collections
import fcntl
import json
import os
import random
import select
import struct
import sys
import time

# linux/if_tun.h
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000

LONGEST_PACKET = 65_536
# So that a flood from one end does not keep the other waiting.
MOST_AT_ONCE = 64


def open_device(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


class Direction:
    def __init__(self, source, target, dice):
        self.source = source
        self.target = target
        self.dice = dice
        self.delay_seconds = 0.0
        self.loss = 0.0
        self.waiting = collections.deque()
        self.carried = 0
        self.lost = 0

    def set(self, conditions):
        self.delay_seconds = conditions["delayMillis"] / 1000
        self.loss = conditions["loss"]

    def take(self):
        """Reads what has come."""
        for _ in range(MOST_AT_ONCE):
            try:
                packet = os.read(self.source, LONGEST_PACKET)
            except BlockingIOError:
                return
            if self.dice.random() < self.loss:
                self.lost += 1
            else:
                self.waiting.append((time.monotonic() + self.delay_seconds, packet))

    def give(self):
        """Writes what is due; answers the seconds until the next is, or None."""
        while self.waiting:
            seconds = self.waiting[0][0] - time.monotonic()
            if seconds > 0:
                return seconds
            packet = self.waiting.popleft()[1]
            try:
                os.write(self.target, packet)
                self.carried += 1
            except OSError:
                # The device is down, or its queue is full: a packet lost, as on any path.
                self.lost += 1
        return None

    def counts(self):
        return {"carried": self.carried, "lost": self.lost}


class Requests:
    """Whole lines of standard input; what is left of a line waits for the rest."""

    def __init__(self, directions):
        self.directions = directions
        self.rest = b""

    def read(self):
        """Carries out what has come; answers False at the end."""
        chunk = os.read(sys.stdin.fileno(), LONGEST_PACKET)
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        for line in lines:
            request = json.loads(line)
            answer = {"id": request["id"]}
            for name, direction in self.directions.items():
                answer[name] = direction.counts()
                if name in request:
                    direction.set(request[name])
            print(json.dumps(answer), flush=True)
        return chunk != b""


def main(outer_name, inner_name, seed):
    outer, inner = open_device(outer_name), open_device(inner_name)
    inward = Direction(outer, inner, random.Random(f"{seed} inward"))
    outward = Direction(inner, outer, random.Random(f"{seed} outward"))
    requests = Requests({"inward": inward, "outward": outward})
    print(json.dumps({"ready": True}), flush=True)
    seconds = None
    while True:
        readable, _, _ = select.select([outer, inner, sys.stdin], [], [], seconds)
        if sys.stdin in readable and not requests.read():
            return
        if outer in readable:
            inward.take()
        if inner in readable:
            outward.take()
        due = [wait for wait in (inward.give(), outward.give()) if wait is not None]
        seconds = min(due) if due else None


main(*sys.argv[1:])
