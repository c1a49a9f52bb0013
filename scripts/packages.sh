# shellcheck shell=sh
# What Sallyport and its tests need from the system, and what each package manager calls it. Sourced; needs `say`.
# A new need is a line per manager in `packages`, and a case in scripts/need when it can be found and installed.

package_managers='apt-get dnf apk pacman zypper brew'

# The package manager of this machine, or nothing.
package_manager() {
  for manager in $package_managers; do
    if command -v "$manager" >/dev/null 2>&1; then
      echo "$manager"
      return
    fi
  done
}

# packages THING MANAGER: the names to install; nothing when the manager has none.
packages() {
  case $1:$2 in
    jdk:apt-get) newest_of_apt openjdk-25-jdk-headless openjdk-21-jdk-headless openjdk-17-jdk-headless ;;
    jdk:dnf) echo java-21-openjdk-devel ;;
    jdk:apk) echo openjdk21-jdk ;;
    jdk:pacman) echo jdk-openjdk ;;
    jdk:zypper) echo java-21-openjdk-devel ;;
    jdk:brew) echo openjdk ;;

    maven:*) echo maven ;;

    chromium:brew) echo '--cask google-chrome' ;;
    chromium:*) echo chromium ;;

    firefox:apt-get) newest_of_apt firefox-esr firefox ;;
    firefox:brew) echo '--cask firefox' ;;
    firefox:*) echo firefox ;;

    nginx:apt-get) echo --no-install-recommends nginx-light ;;
    nginx:*) echo nginx ;;
    haproxy:*) echo haproxy ;;
    caddy:*) echo caddy ;;
    wrk:*) echo wrk ;;
    h2load:apt-get) echo nghttp2-client ;;
    h2load:*) echo nghttp2 ;;

    webkit:apt-get) echo --no-install-recommends webkit2gtk-driver xvfb xauth ;;
    webkit:dnf) echo webkit2gtk4.1 xorg-x11-server-Xvfb ;;
    webkit:apk) echo webkit2gtk-4.1 xvfb-run ;;
    webkit:pacman) echo webkit2gtk-4.1 xorg-server-xvfb ;;
    webkit:zypper) echo libwebkit2gtk-4_1-0 xvfb-run ;;
  esac
}

# The first of the given packages that this release of Debian or Ubuntu has; the last when apt cannot say.
newest_of_apt() {
  for candidate in "$@"; do
    if [ -n "$(apt-cache show "$candidate" 2>/dev/null)" ]; then break; fi
  done
  echo "$candidate"
}

install_command() {
  case $2 in
    apt-get) echo "apt-get install -y $(packages "$1" "$2")" ;;
    dnf) echo "dnf install -y $(packages "$1" "$2")" ;;
    apk) echo "apk add $(packages "$1" "$2")" ;;
    pacman) echo "pacman -S --noconfirm $(packages "$1" "$2")" ;;
    zypper) echo "zypper --non-interactive install $(packages "$1" "$2")" ;;
    brew) echo "brew install $(packages "$1" "$2")" ;;
  esac
}

# Lines to paste into a terminal: the one for this machine, or those for the usual ones.
how_to_install() {
  manager=$(package_manager)
  for one in ${manager:-apt-get dnf brew}; do
    if [ "$one" = brew ]; then
      echo "  $(install_command "$1" "$one")"
    else
      echo "  sudo $(install_command "$1" "$one")"
    fi
  done
  case $1 in
    jdk) echo '  or by hand: https://adoptium.net/' ;;
    maven) echo '  or by hand: https://maven.apache.org/download.cgi' ;;
    chromium) echo '  or by hand: https://www.google.com/chrome/' ;;
  esac
}
