# Sourced by ./sluice and ./test: finds the tools and builds what is missing or out of date. POSIX sh.
# The caller has set ROOT to the checkout.

JDK_MIN=25
NODE_MIN=20
STAMP="$ROOT/server/target/sluice.built"
BENCH_STAMP="$ROOT/bench/target/bench.built"

die() {
  printf 'sluice: %s\n' "$1" >&2
  exit 1
}

say() { printf 'sluice: %s\n' "$1" >&2; }

# Feature version of the JDK in $1, read from its release file: running each java to ask would take longer.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

# Sets JAVA_HOME to the first JDK that is new enough. A directory named on purpose must fit.
find_jdk() {
  if [ -n "${SLUICE_JAVA_HOME:-}" ]; then
    version=$(jdk_version "$SLUICE_JAVA_HOME") || die "SLUICE_JAVA_HOME=$SLUICE_JAVA_HOME is not a JDK: it has no bin/javac or no release file"
    [ "${version:-0}" -ge "$JDK_MIN" ] || die "SLUICE_JAVA_HOME=$SLUICE_JAVA_HOME is a JDK $version; $JDK_MIN or newer is needed"
    JAVA_HOME=$SLUICE_JAVA_HOME
    export JAVA_HOME
    return
  fi
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home "${on_path:-}"; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate") || continue
    if [ "${version:-0}" -ge "$JDK_MIN" ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return
    fi
  done
  die "no JDK $JDK_MIN or newer found. Install one (https://adoptium.net, or 'sdk install java 25-tem') or name it in SLUICE_JAVA_HOME"
}

need_maven() {
  # A build is over before the second compiler pays off; the other two silence warnings about Maven's own libraries.
  MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  export MAVEN_OPTS
  command -v mvn >/dev/null 2>&1 || die "Maven is missing. Install it ('apt-get install maven', 'brew install maven' or https://maven.apache.org)"
}

need_node() {
  command -v node >/dev/null 2>&1 || die "Node.js is missing. Install version $NODE_MIN or newer (https://nodejs.org)"
  version=$(node -p 'process.versions.node.split(".")[0]')
  [ "$version" -ge "$NODE_MIN" ] || die "Node.js $version is too old; version $NODE_MIN or newer is needed (https://nodejs.org)"
  command -v npm >/dev/null 2>&1 || die "npm is missing. It comes with Node.js (https://nodejs.org)"
}

# True when something in $2… is newer than the stamp file $1, or the stamp is not there.
is_stale() {
  stamp=$1
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" -type d \( -name node_modules -o -name dist -o -name target \) -prune -o -type f -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

install_npm_packages() {
  if is_stale "$ROOT/node_modules/.package-lock.json" "$ROOT/package-lock.json" "$ROOT/package.json"; then
    say 'installing the web packages (npm ci) …'
    (cd "$ROOT" && npm ci --no-fund --no-audit --loglevel=error >&2) || die 'npm ci failed; its messages are above'
    touch "$ROOT/node_modules/.package-lock.json"
  fi
}

# Builds the client library and the meeting page when their sources are newer.
build_web() {
  install_npm_packages
  if is_stale "$ROOT/web/.built" "$ROOT/web" "$ROOT/package-lock.json" "$ROOT/tsconfig.base.json"; then
    say 'building the client library and the meeting page …'
    (cd "$ROOT" && npm run build --silent >&2) || die 'the web build failed; its messages are above'
    touch "$ROOT/web/.built"
  fi
}

build_server() {
  if is_stale "$STAMP" "$ROOT/pom.xml" "$ROOT/rtp" "$ROOT/transport" "$ROOT/router" "$ROOT/session" "$ROOT/store" "$ROOT/gateway" "$ROOT/server" "$ROOT/web/.built"; then
    say 'building the server (the first time takes a few minutes) …'
    rm -f "$STAMP"
    (cd "$ROOT" && mvn -q -B -pl server -am -DskipTests package >&2) || die 'the server build failed; its messages are above'
    touch "$STAMP"
  fi
}

build_bench() {
  if is_stale "$BENCH_STAMP" "$ROOT/pom.xml" "$ROOT/rtp" "$ROOT/transport" "$ROOT/router" "$ROOT/testkit" "$ROOT/simulation" "$ROOT/bench"; then
    say 'building the measurements (the first time takes a minute) …'
    rm -f "$BENCH_STAMP"
    (cd "$ROOT" && mvn -q -B -pl bench -am -DskipTests package >&2) || die 'its build failed; the messages are above'
    touch "$BENCH_STAMP"
  fi
}
