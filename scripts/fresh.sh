# shellcheck shell=sh disable=SC2034,SC2154  # shares its variables with ../sallyport
# What was built, and whether it still is what the sources say. Sourced by ../sallyport at every start, so it starts as
# few processes as it can.
#
#   .sallyport/current              the name of the build to run
#   .sallyport/builds/NAME/lib      its jars: a copy, so that a gateway keeps its own while Maven lays new ones
#   .sallyport/builds/NAME/modules  the modules they came from
#   .sallyport/builds/NAME/sources  a checksum for each of their files
#   .sallyport/builds/NAME/start    archives of loaded classes, one for each Java
#   .sallyport/builds/NAME/running  a file for each gateway started from it, named by its process

# Sets app to the directory of the current build, or to nothing.
find_app() {
  app=
  [ -f "$state/current" ] || return 0
  IFS= read -r build_name <"$state/current"
  [ -z "$build_name" ] || app=$state/builds/$build_name
}

# Lists a checksum for each file that a build of these modules reads. By content, not by time: a checkout that goes to
# another branch and back is not built again.
list_sources() (
  cd "$home" || exit 1
  for module in "$@"; do
    set -- "$@" "$module/pom.xml" "$module/src/main"
    shift
  done
  # What is missing is not listed, and so differs from a list that had it.
  find .mvn pom.xml sallyport scripts/build.sh scripts/fresh.sh "$@" \
    -type f ! -name '*~' ! -name '.*.sw?' ! -name '#*#' ! -name .DS_Store \
    -exec cksum {} + 2>/dev/null | LC_ALL=C sort
)

list_app_sources() {
  set --
  while IFS= read -r module; do set -- "$@" "$module"; done <"$app/modules"
  list_sources "$@"
}

is_fresh() {
  [ -n "$app" ] && [ -f "$app/sources" ] && list_app_sources | cmp -s - "$app/sources"
}

# Sets archive to the file with the classes of this build as this Java lays them in memory.
name_archive() {
  name_old_ifs=$IFS
  set -f
  IFS=/
  # shellcheck disable=SC2086  # split on purpose
  set -- $run_home
  IFS=-
  archive="$app/start/$run_version$*"
  IFS=$name_old_ifs
  set +f
  if [ "$run_feature" -ge 25 ]; then
    archive=$archive.aot archive_option=-XX:AOTCache archive_making=-XX:AOTCacheOutput
  else
    archive=$archive.jsa archive_option=-XX:SharedArchiveFile archive_making=-XX:ArchiveClassesAtExit
  fi
}

# Whether the archive is there, or was tried in vain.
has_archive() {
  { [ -f "$archive" ] || [ -f "$archive.failed" ]; } && is_home_of_archives
}

# Archives hold the paths of the jars: those made where the checkout lay before are of no use.
is_home_of_archives() {
  [ -f "$app/start/home" ] && IFS= read -r archives_home <"$app/start/home" && [ "$archives_home" = "$home" ]
}
