# shellcheck shell=sh disable=SC2034,SC2154  # shares its variables with the scripts that source it
# The JDKs of this machine, read from their `release` files: starting each one to ask its version would cost more than
# the whole start of Sallyport. Sourced; needs `say` and home.
#
# find_jdks sets, for the newest JDK or JRE that can run Sallyport: run_home, run_version, run_feature (17, 25 …);
# for the newest that can also compile it: javac_home, javac_version; what was found and passed over: jdks_passed_over.

oldest_jdk=17

# Sets version_rank, a number that compares as the version does: 21.0.10 after 21.0.9, and 1.8.0_452 is an 8.
rank_version() {
  rank_old_ifs=$IFS
  IFS='.-_+'
  # shellcheck disable=SC2086  # split on purpose
  set -- $1 0 0 0 0
  IFS=$rank_old_ifs
  [ "$1" != 1 ] || shift
  version_rank=0
  for rank_part in "$1" "$2" "$3" "$4"; do
    case $rank_part in
      '' | *[!0-9]*) rank_part=0 ;;
      0?*) rank_part=${rank_part#"${rank_part%%[!0]*}"} ;;
    esac
    version_rank=$((version_rank * 1000 + ${rank_part:-0}))
  done
}

# Sets release_version to the JAVA_VERSION of the JDK in directory $1, release_feature to its first part (17, 25 …).
read_release() {
  release_version=
  while IFS='=' read -r release_key release_value; do
    if [ "$release_key" = JAVA_VERSION ]; then
      release_version=${release_value#\"}
      release_version=${release_version%%\"*}
      break
    fi
  done <"$1/release"
  rank_version "$release_version"
  release_feature=$((version_rank / 1000000000))
}

consider_jdk() {
  [ -f "$1/release" ] && [ -x "$1/bin/java" ] || return 0
  read_release "$1"
  if [ "$release_feature" -lt "$oldest_jdk" ]; then
    jdks_passed_over="$jdks_passed_over
  $1 is version ${release_version:-unknown}"
    return 0
  fi
  if [ "$version_rank" -gt "$run_rank" ]; then
    run_home=$1 run_version=$release_version run_feature=$release_feature run_rank=$version_rank
  fi
  if [ ! -x "$1/bin/javac" ]; then
    jdks_passed_over="$jdks_passed_over
  $1 is version $release_version, but has no compiler (bin/javac)"
  elif [ "$version_rank" -gt "$javac_rank" ]; then
    javac_home=$1 javac_version=$release_version javac_rank=$version_rank
  fi
}

consider_java_on_path() {
  path_java=$(command -v java) || return 0
  while [ -h "$path_java" ]; do
    path_link=$(readlink "$path_java") || return 0
    case $path_link in
      /*) path_java=$path_link ;;
      *) path_java=${path_java%/*}/$path_link ;;
    esac
  done
  case $path_java in
    /*/bin/java) consider_jdk "${path_java%/bin/java}" ;;
  esac
}

# SALLYPORT_JDKS, directories with JDKs in them, parted by colons, stands in for the places below.
consider_known_places() {
  if [ -n "${SALLYPORT_JDKS-}" ]; then
    places_old_ifs=$IFS
    IFS=:
    set -f
    # shellcheck disable=SC2086  # split on purpose
    set -- $SALLYPORT_JDKS
    set +f
    IFS=$places_old_ifs
    for place in "$@"; do
      for jdk in "$place"/*; do consider_jdk "$jdk"; done
    done
    return 0
  fi
  # Package managers of Linux; macOS and Homebrew; then the version managers and IDEs of a user.
  for jdk in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/openjdk-* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    "${HOME-}"/.gradle/jdks/* "${HOME-}"/.gradle/jdks/*/Contents/Home \
    "${HOME-}"/.asdf/installs/java/* "${HOME-}"/.local/share/mise/installs/java/*; do
    consider_jdk "$jdk"
  done
}

forget_jdks() {
  run_home='' run_version='' run_feature=0 run_rank=0
  javac_home='' javac_version='' javac_rank=0
  jdks_passed_over=
}

find_jdks() {
  forget_jdks
  # Of two alike the first one seen stays: what the user names goes before what merely lies about.
  [ -z "${JAVA_HOME-}" ] || consider_jdk "$JAVA_HOME"
  consider_java_on_path
  consider_known_places
  [ -n "${SALLYPORT_JAVA_HOME-}" ] || return 0

  # Forced: this one runs Sallyport whatever else there is.
  if [ ! -f "$SALLYPORT_JAVA_HOME/release" ] || [ ! -x "$SALLYPORT_JAVA_HOME/bin/java" ]; then
    say "SALLYPORT_JAVA_HOME is \"$SALLYPORT_JAVA_HOME\", which holds no JDK (bin/java and release). Name a JDK's directory, or unset it."
    exit 1
  fi
  read_release "$SALLYPORT_JAVA_HOME"
  if [ "$release_feature" -lt "$oldest_jdk" ]; then
    say "SALLYPORT_JAVA_HOME is \"$SALLYPORT_JAVA_HOME\", a JDK $release_version; Sallyport needs $oldest_jdk or newer. Name another, or unset it."
    exit 1
  fi
  run_home=$SALLYPORT_JAVA_HOME run_version=$release_version run_feature=$release_feature run_rank=$version_rank
}

# Sets javac_home and javac_version to the JDK a developer means: JAVA_HOME, or java on PATH, and any other only when
# neither can compile Sallyport.
require_compiler() {
  forget_jdks
  [ -z "${JAVA_HOME-}" ] || consider_jdk "$JAVA_HOME"
  [ -n "$javac_home" ] || consider_java_on_path
  [ -n "$javac_home" ] || consider_known_places
  if [ -z "$javac_home" ]; then
    say_no_jdk compile
    exit 1
  fi
}

# Says that no JDK fits: for what ($1: run or compile), what was seen, and what to install.
say_no_jdk() {
  . "$home/scripts/packages.sh"
  if [ "$1" = compile ]; then
    say "no JDK $oldest_jdk or newer with a compiler was found. Sallyport needs one to build itself."
  else
    say "no Java $oldest_jdk or newer was found."
  fi
  [ -z "$jdks_passed_over" ] || printf 'Found, but of no use:%s\n' "$jdks_passed_over" >&2
  printf 'Install one:\n%s\n' "$(how_to_install jdk)" >&2
  echo 'One that is somewhere else is found through JAVA_HOME.' >&2
}
