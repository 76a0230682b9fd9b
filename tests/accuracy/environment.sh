# What `run` and `million` share: Python environments and the built engine, all below target/accuracy. Sourced.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
work=$PWD/target/accuracy
export PYTHONDONTWRITEBYTECODE=1
mkdir -p "$work"

environment() { # environment NAME REQUIREMENTS
    local python=$work/$1
    # A finished environment holds the requirements it was made from.
    cmp -s "$2" "$python/requirements.txt" && return
    rm -rf "$python"
    "${PYTHON:-python3.11}" -m venv "$python"
    "$python/bin/pip" install --quiet --disable-pip-version-check --requirement "$2"
    cp "$2" "$python/requirements.txt"
}

engine() { # VERBAND=path names a built one, VERBAND= (empty) leaves it out
    [ -z "${VERBAND+set}" ] || return 0
    cargo build --release --locked -p courthouse
    VERBAND=$PWD/target/release/verband
}
