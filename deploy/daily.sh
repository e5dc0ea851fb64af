#!/bin/sh
# daily.sh FOLDER COMMAND...: a backup of each day of the week in FOLDER, then what is past its time is
# deleted. COMMAND is what runs the portal's commands. A backup that fails keeps the last good one.
set -u
to=$1
shift
failed=0
mkdir -p "$to" && rm -f "$to/new" && "$@" backup "$to/new" && mv "$to/new" "$to/$(date +%a).backup" || failed=1
"$@" prune || failed=1
exit "$failed"
