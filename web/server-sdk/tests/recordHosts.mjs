// Loaded into a child process before its program (node --import): writes every host that is looked up or connected to on file descriptor 3,
// and lets nothing through but this machine, so that a mistake can't send a signed token to somebody else.
import dns from 'node:dns';
import { writeSync } from 'node:fs';
import net from 'node:net';

const REPORT = 3;

function admit(host) {
  writeSync(REPORT, `${host}\n`);
  if (host !== '127.0.0.1') {
    throw new Error(`blocked: ${host}`);
  }
}

const lookup = dns.lookup;
dns.lookup = (host, ...rest) => {
  admit(host);
  return lookup(host, ...rest);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  // net.connect hands its arguments over as one normalised array: [options, callback].
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  admit(typeof first === 'object' ? (first.host ?? first.path ?? 'localhost') : String(args[1]));
  return connect.apply(this, args);
};
