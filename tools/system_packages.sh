# What hanpan needs of the system: what is missing, and how it is installed. Read by tools/setup.sh,
# which brings say(), has_sound_venv() and $PYTHON.
# shellcheck shell=sh disable=SC2154

# Loading a library is the only test that holds on every system; package names differ.
can_load() { # NAME...
    "$PYTHON" - "$@" <<'EOF' 2>/dev/null
import ctypes, sys

def is_loadable(name):
    for folder in ("", "/opt/homebrew/lib/", "/usr/local/lib/"):
        for suffix in (".so.0", ".0.dylib", ".dylib"):
            try:
                ctypes.CDLL(f"{folder}lib{name}{suffix}")
            except OSError:
                continue
            return True
    return False

sys.exit(not all(is_loadable(name) for name in sys.argv[1:]))
EOF
}

is_there() { # NEED
    case $1 in
    venv) has_sound_venv || "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || has_pip ;;
    pango) can_load gobject-2.0 pango-1.0 pangoft2-1.0 harfbuzz ;;
    harfbuzz-subset) can_load harfbuzz-subset ;;
    java) javac -version >/dev/null 2>&1 ;; # a JDK: EPUBCheck is called by a source file
    poppler) command -v pdftotext >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1 ;;
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ||
        [ -d "/Applications/Google Chrome.app" ] ;;
    npm) command -v npm ;;
    maven) command -v mvn ;;
    # Debian packages these; elsewhere their tests are skipped
    php) ! command -v apt-get || php -m 2>/dev/null | grep -qx pdo_sqlite ;;
    kramdown) ! command -v apt-get || ruby -rjekyll -rkramdown-parser-gfm -e '' 2>&1 ;;
    hugo) ! command -v apt-get || command -v hugo ;;
    redcarpet) ! command -v apt-get || # what dev.to and Qiita render with
        ruby -rredcarpet -rcommonmarker -rliquid -rrails-html-sanitizer -e '' 2>&1 ;;
    esac >/dev/null
}

# pip 22.3 and newer can fill a venv that has no pip of its own.
has_pip() {
    "$PYTHON" -m pip --python "$PYTHON" --version >/dev/null 2>&1 && "$PYTHON" -c 'import venv'
}

needs() { # LEVEL
    echo venv pango harfbuzz-subset
    [ "$1" = run ] || echo java poppler php
    [ "$1" != conformance ] || echo chromium npm maven kramdown redcarpet hugo
}

missing() { # LEVEL
    for need in $(needs "$1"); do is_there "$need" || echo "$need"; done
}

# --- installing -------------------------------------------------------------------------------

package_manager() {
    # On Linux brew's libraries are not where programs of the system look for them.
    if [ "$(uname -s)" = Darwin ]; then set -- brew; else set -- apt-get dnf; fi
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

package() { # MANAGER NEED
    case $1/$2 in
    apt-get/venv) "$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
    apt-get/pango) echo libpango-1.0-0 libpangoft2-1.0-0 ;;
    apt-get/harfbuzz-subset) echo libharfbuzz-subset0 ;;
    apt-get/kramdown) echo jekyll ruby-kramdown-parser-gfm ;;
    apt-get/redcarpet)
        echo ruby-redcarpet ruby-commonmarker ruby-liquid ruby-rails-html-sanitizer
        ;;
    apt-get/php) echo php-cli php-sqlite3 php-xml php-mbstring ;;
    apt-get/java) echo default-jdk-headless ;;
    dnf/venv) echo python3-pip ;;
    dnf/harfbuzz-subset) echo harfbuzz ;;
    dnf/java) echo java-devel ;;
    brew/venv) echo python ;;
    brew/harfbuzz-subset) echo harfbuzz ;;
    brew/java) echo openjdk ;;
    brew/poppler) echo poppler ;;
    brew/chromium) echo google-chrome ;;
    brew/npm) echo node ;;
    */poppler) echo poppler-utils ;;
    *) echo "$2" ;;
    esac
}

packages() { # MANAGER NEED...
    manager=$1
    shift
    for need in "$@"; do package "$manager" "$need"; done | tr '\n' ' ' | sed 's/ $//'
}

install_command() { # MANAGER PACKAGES
    case $1 in
    apt-get) echo "apt-get update && ${SUDO}apt-get install -y --no-install-recommends $2" ;;
    dnf) echo "dnf install -y $2" ;;
    brew) echo "brew install $2" ;;
    esac
}

# sudo may ask for a password only where somebody can type one.
can_sudo() {
    command -v sudo >/dev/null 2>&1 || return 1
    sudo -n true 2>/dev/null || { [ -t 0 ] && [ -t 2 ]; }
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() { # PACKAGE...
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "$@"
    # A simulation tells whether the lists know these packages; most machines need no update.
    # Lists may also be older than the archive: then the download fails, and an update helps.
    if "$@" --simulate >/dev/null 2>&1 && as_root "$@" >&2; then return 0; fi
    say "bringing apt's package lists up to date"
    as_root apt-get -q -o DPkg::Lock::Timeout=300 update >&2 || return 1
    as_root "$@" >&2
}

install_system() { # NEED...
    manager=$(package_manager)
    case $manager in
    "") return 1 ;;
    brew) ;;
    *) [ "$(id -u)" = 0 ] || can_sudo || return 1 ;;
    esac
    names=$(packages "$manager" "$@")
    say "installing with $manager: $names"
    # shellcheck disable=SC2086  # a list of package names
    case $manager in
    apt-get) apt_install $names ;;
    dnf) as_root dnf install -y $names >&2 ;;
    brew) brew install $names >&2 ;;
    esac
}

say_missing() { # NEED...
    manager=$(package_manager)
    SUDO=
    if [ "$(id -u)" != 0 ] && command -v sudo >/dev/null 2>&1; then SUDO="sudo "; fi
    [ "$manager" != brew ] || SUDO=
    if [ -z "$manager" ]; then
        say "missing: $*. Install them with this system's package manager, then run make again."
        return
    fi
    who=
    if [ "$manager" != brew ] && [ "$(id -u)" != 0 ] && [ -z "$SUDO" ]; then who=" (as root)"; fi
    say "missing: $*. Type this$who, then run make again:"
    printf '\n    %s%s\n' "$SUDO" "$(install_command "$manager" "$(packages "$manager" "$@")")" >&2
}
