# shellcheck shell=sh disable=SC2034,SC2154  # shares its variables with ../sallyport
# Builds Sallyport, and the archive that lets it start fast. Sourced by ../sallyport when there is something to build.
#
# One build at a time in a checkout; who comes second waits, and finds it done. Nothing is put in place before it is
# whole, and a build that fails ends the command: what was built from other sources does not run in its stead.

. "$home/scripts/maven.sh"

training_seconds=60

log=$state/build.log
lock=$state/lock
# The sources of the builds that failed since the last that did not.
attempted=$state/attempted-sources
child=
line_shown=
# Tests that run what Maven packaged read stderr; there it holds what Sallyport says, and no more.
is_quiet=
if [ "${SALLYPORT_BUILD-}" = never ]; then is_quiet=yes; fi
is_terminal=
if [ -z "$is_quiet" ] && [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then is_terminal=yes; fi

# ---- one at a time -------------------------------------------------------------------------------------------------

# The lock is a symbolic link that names its holder, HOST:PROCESS: made and read in one step each.
take_lock() {
  if ! mkdir -p "$state" 2>/dev/null || [ ! -w "$state" ]; then
    return 1
  fi
  host=$(uname -n)
  waiting=$is_quiet
  attempts=0
  while ! ln -s "$host:$$" "$lock" 2>/dev/null; do
    if ! holder=$(readlink "$lock"); then
      # Freed at this moment; or links cannot be made here at all.
      attempts=$((attempts + 1))
      [ "$attempts" -lt 20 ] || return 1
      continue
    fi
    if [ "${holder%:*}" = "$host" ] && ! is_alive "${holder##*:}"; then
      break_lock
      continue
    fi
    if [ -z "$waiting" ]; then
      say "waiting for another build here (process ${holder##*:} on ${holder%:*}; if there is none, remove $lock) …"
      waiting=yes
    fi
    pause
  done
  trap give_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Removes the lock of a process that is gone. Of several who see it only one may, and only while it is still that one.
break_lock() {
  if mkdir "$lock.breaking" 2>/dev/null; then
    if [ "$(readlink "$lock")" = "$holder" ]; then rm -f "$lock"; fi
    rmdir "$lock.breaking"
  else
    pause
  fi
}

free_lock() {
  trap - EXIT HUP INT TERM
  rm -f "$lock"
}

give_up() {
  [ -z "$child" ] || kill "$child" 2>/dev/null
  end_line
  rm -rf "$state"/builds/*.new
  rm -f "$lock"
}

# Another user's process is alive too, though no signal may be sent to it.
is_alive() {
  alive_says=$(LC_ALL=C kill -0 "$1" 2>&1) && return 0
  case $alive_says in
    *ermitted*) return 0 ;;
    *) return 1 ;;
  esac
}

pause() { sleep 0.1 2>/dev/null || sleep 1; }

# ---- what the user sees --------------------------------------------------------------------------------------------

# A line that the next one overwrites, on a terminal.
live_line() {
  [ "$1" != "$line_shown" ] || return 0
  printf '\r\033[Ksallyport: %s' "$1" >&2
  line_shown=$1
}

end_line() {
  if [ -n "$line_shown" ]; then printf '\r\033[K' >&2; fi
  line_shown=
}

# run_logged SECONDS PROGRESS COMMAND…: runs the command, its output into the log; on a terminal shows what the
# function PROGRESS prints meanwhile. Ends a command that takes longer than SECONDS (0: however long it takes).
run_logged() {
  run_limit=$1 run_progress=$2
  shift 2
  run_started=$(date +%s)
  "$@" >>"$log" 2>&1 </dev/null &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    pause
    run_seconds=$(($(date +%s) - run_started))
    [ -z "$is_terminal" ] || live_line "$("$run_progress") · $run_seconds s"
    if [ "$run_limit" -gt 0 ] && [ "$run_seconds" -gt "$run_limit" ]; then
      echo "sallyport: ended after $run_limit s" >>"$log"
      kill "$child"
      break
    fi
  done
  wait "$child"
  run_status=$?
  run_seconds=$(($(date +%s) - run_started))
  child=
  end_line
  return "$run_status"
}

# "building 3 of 7, Sallyport gateway": from the log's newest heading.
build_progress() {
  awk '
    /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ {
      count = $NF; gsub(/[][]/, "", count); sub("/", " of ", count)
      name = $0; sub(/^\[INFO\] Building /, "", name); sub(/ +[^ ]+ +\[[0-9\/]+\]$/, "", name); sub(/:.*/, "", name)
    }
    /Downloaded from/ { fetched++ }
    END {
      printf "building%s%s", (count ? " " count ", " : ""), substr(name, 1, 40)
      if (fetched) printf " · %d files fetched", fetched
    }' "$log"
}

# The lines of Maven's log that say what went wrong, without its advice on how to debug Maven.
decisive_lines() {
  awk '
    /^\[ERROR\] To see the full stack trace/ || lines >= 20 { exit }
    /^\[(INFO|WARNING)\]/ { error = 0 }
    { said = sub(/^(\[(ERROR|FATAL)\] ?)+/, ""); sub(/ *-> \[Help [0-9]+\]$/, "") }
    said { error = 1 }
    # What goes on without a mark of its own belongs to the line before.
    said || (error && /^[ \t]/) {
      line = $0
      gsub(/^[ \t]+|[ \t]+$/, "", line)
      if (line ~ /[A-Za-z]/ && !seen[line]++) { print "  " $0; lines++ }
    }' "$log" | grep . || tail -n 10 "$log"
}

# ---- the build -----------------------------------------------------------------------------------------------------

build() {
  case $home in
    *:*)
      say "the checkout is in $home. Java's class path cannot hold a colon; move it elsewhere."
      exit 1
      ;;
  esac
  if [ -z "$javac_home" ]; then
    say_no_jdk compile
    exit 1
  fi
  require_maven
  if ! take_lock; then
    say "cannot write (or make symbolic links) in $state, and what is built there does not fit the sources." \
      "Make it writable."
    exit 1
  fi
  find_app
  if is_fresh; then
    free_lock
    return
  fi
  [ -f "$app/sources" ] || app=

  # shellcheck disable=SC2046  # names of modules have no blanks
  set -- $(all_modules)
  new=$state/builds/$(date +%Y%m%d-%H%M%S)-$$.new
  mkdir -p "$new/running" "$new/start" || exit 1
  # Before Maven reads them: what is changed meanwhile is built by the next start.
  list_sources "$@" >"$new/all-sources"
  say_what_is_built
  forget_classes "$@"
  cat "$new/all-sources" >>"$attempted"
  : >"$log"
  if ! run_logged 0 build_progress run_maven_build; then
    say "the build failed. Maven says:"
    decisive_lines >&2
    say "all it said: $log"
    exit 1
  fi
  keep_build "$@"
  say "built in $run_seconds s"
  free_lock
}

all_modules() {
  sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$home/pom.xml"
}

# The modules that the command line needs, without tests and analysis. Started once and for a short while, Maven is
# faster without the optimizing compiler.
run_maven_build() {
  MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS-}"
  export MAVEN_OPTS
  run_maven -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true -pl cli -am package
}

say_what_is_built() {
  with="with JDK $javac_version and Maven $maven_version"
  if [ -z "$app" ]; then
    say "building for first use $with; about a minute, more while libraries are fetched …"
  else
    say "the sources changed, building $with …"
  fi
}

# Maven leaves what came from a file that is no more, and javac would find it: such modules start from nothing.
# So do all when it is not known what the classes were made of.
forget_classes() {
  : >>"$attempted"
  for module in "$@"; do
    if [ -z "$app" ] || has_lost_files "$module"; then
      rm -rf "$home/$module/target/classes"
    fi
  done
}

has_lost_files() {
  awk -v within="$1/src/main/" '
    { path = $0; sub(/^[0-9]+ [0-9]+ /, "", path) }
    FILENAME == ARGV[1] { now[path] = 1; next }
    index(path, within) == 1 && !(path in now) { lost = 1 }
    END { exit !lost }' "$new/all-sources" "$app/sources" "$attempted"
}

# Puts what Maven made in place, with the sources of the modules that came of it.
keep_build() {
  made=$home/cli/target/sallyport/lib
  if ! cp -Rp "$made" "$new/lib"; then
    say "cannot copy $made to $new."
    exit 1
  fi
  for module in "$@"; do
    if [ "$module" = cli ]; then
      echo cli
    else
      for jar in "$home/$module"/target/sallyport-*.jar; do
        if [ -f "$made/${jar##*/}" ]; then
          echo "$module"
          break
        fi
      done
    fi
  done >"$new/modules"
  awk '
    FILENAME == ARGV[1] { modules[$0] = 1; next }
    {
      path = $0
      sub(/^[0-9]+ [0-9]+ /, "", path)
      module = path
      if (!sub(/\/src\/main\/.*/, "", module)) sub(/\/pom\.xml$/, "", module)
      if (module == path || module in modules) print
    }' "$new/modules" "$new/all-sources" >"$new/sources"
  rm -f "$new/all-sources" "$attempted"

  previous=$app
  app=${new%.new}
  mv "$new" "$app" && echo "${app##*/}" >"$state/current.new" && mv "$state/current.new" "$state/current" || exit 1
  for old in "$state"/builds/*; do
    [ "$old" = "$app" ] || [ "$old" = "$previous" ] || is_in_use "$old" || rm -rf "$old"
  done
}

is_in_use() {
  for running in "$1"/running/*; do
    if [ -f "$running" ] && is_alive "${running##*/}"; then return 0; fi
  done
  return 1
}

# ---- the archive of loaded classes ---------------------------------------------------------------------------------

archive_progress() { echo "preparing fast starts on Java $run_version"; }

# Runs Sallyport once so that the JVM can keep the classes it loads. Without an archive it starts all the same, so that
# what fails here is told to the log, and not tried again for this build and this Java.
make_archive() {
  [ -w "$app" ] && take_lock || return 0
  if has_archive; then
    free_lock
    return
  fi
  if ! is_home_of_archives; then
    rm -rf "$app/start"
    mkdir -p "$app/start"
    echo "$home" >"$app/start/home"
  fi
  [ -n "$is_terminal$is_quiet" ] || say "$(archive_progress) …"
  for training in training-run --version; do
    echo "sallyport: $archive_making by $training on $run_home" >>"$log"
    # shellcheck disable=SC2086  # options are split on purpose
    if run_logged "$training_seconds" archive_progress "$run_home/bin/java" $jvm_options \
      "$archive_making=$archive.new" "-Dsallyport.home=$home" -cp "$app/lib/*" dev.sallyport.cli.Sallyport "$training" &&
      [ -f "$archive.new" ]; then
      mv -f "$archive.new" "$archive"
      break
    fi
  done
  if [ ! -f "$archive" ]; then
    rm -f "$archive.new" "$archive.new.config"
    echo "sallyport: no archive could be made for $run_home; starts take longer without it" >>"$log"
    echo "see $log" >"$archive.failed"
  fi
  free_lock
}
