# shellcheck shell=sh disable=SC2034,SC2154  # shares its variables with the scripts that source it
# Maven, for the launcher and for check. Sourced; needs `say`, jdks.sh, and a javac_home.

oldest_maven=3.8

# Sets maven and maven_version; ends with what to install when there is none that fits.
require_maven() {
  maven=
  for maven_candidate in \
    "$(command -v mvn)" "${MAVEN_HOME:+$MAVEN_HOME/bin/mvn}" "${M2_HOME:+$M2_HOME/bin/mvn}" \
    "${HOME-}/.sdkman/candidates/maven/current/bin/mvn" /opt/homebrew/bin/mvn; do
    if [ -x "$maven_candidate" ]; then
      maven=$maven_candidate
      break
    fi
  done
  if [ -z "$maven" ]; then
    . "$home/scripts/packages.sh"
    say "no Maven was found (mvn on PATH, MAVEN_HOME). Sallyport needs $oldest_maven or newer to build itself."
    printf 'Install it:\n%s\n' "$(how_to_install maven)" >&2
    exit 1
  fi

  maven_says=$(run_maven --version 2>&1)
  maven_version=$(printf '%s\n' "$maven_says" | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')
  if [ -z "$maven_version" ]; then
    say "$maven does not tell its version. It says:"
    printf '%s\n' "$maven_says" | head -n 5 >&2
    exit 1
  fi
  rank_version "$oldest_maven"
  maven_needed=$version_rank
  rank_version "$maven_version"
  if [ "$version_rank" -lt "$maven_needed" ]; then
    . "$home/scripts/packages.sh"
    say "$maven is Maven $maven_version. Sallyport needs $oldest_maven or newer to build itself."
    printf 'Install a newer one:\n%s\n' "$(how_to_install maven)" >&2
    exit 1
  fi
}

# Runs Maven in the checkout, on the JDK with a compiler. Not on a project above it that happens to have a .mvn.
run_maven() (
  cd "$home" || exit 1
  JAVA_HOME=$javac_home MAVEN_BASEDIR=$home
  export JAVA_HOME MAVEN_BASEDIR
  exec "$maven" "$@"
)
