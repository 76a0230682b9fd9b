#!/usr/bin/env bash
# Asks the steward's and the judge's API whatever their descriptions allow and much that they do not, by Schemathesis, all checks,
# each as whom most of it is for, and the steward's as an operator as well. The same seed asks the same.
# Usage: tests/clients/apis.sh <folder with a python> <desk> <inbox> <verband>
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$1 steward=$2 judge=$3 verband=$4
examples=${EXAMPLES:-15}

"$folder/python/bin/pip" install --quiet --disable-pip-version-check -r "$here/schemathesis.txt"
ask() {
    local token
    token=$("$verband" token --as "$2")
    printf '\n== %s as %s\n' "$1" "$2"
    # One at a time: Python 3.11 does not parse its own sources in several threads.
    (cd "$folder" && python/bin/schemathesis --config-file "$here/schemathesis.toml" run "$1/v1/openapi.json" \
        --header "Authorization: Bearer $token" --checks all --seed 20260914 --max-examples "$examples" --workers 1 \
        --request-timeout 10 --no-color --warnings off)
}
ask "$steward" steward-dirk
ask "$steward" operator-femke
ask "$judge" judge-anna
