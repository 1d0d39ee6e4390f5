#!/usr/bin/env bash
# From a folder of repositories of parallel code to model.onnx:
#   models/training/train.sh REPOSITORIES WORK [options of train.py]
# REPOSITORIES holds a repository a folder, named owner+name (sources.json lists those the shipped model was made of);
# WORK receives the indexes, the ids and the model. Needs a Release build of XCoder, python3 with numpy, scipy, torch and
# onnx (Debian: python3-torch python3-onnx python3-scipy libopenblas0-pthread).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repositories=$(cd "$1" && pwd) work=$2
shift 2
python=${PYTHON:-/usr/bin/python3}
xcoder() { dotnet "$here/../../src/XCoder.Cli/bin/Release/net10.0/xcoder.dll" "$@"; }

mkdir -p "$work/model"
cp "$here/../default/tokens.json" "$here/../default/model.json" "$work/model/"
"$python" "$here/problems.py" --sources "$repositories" --output "$work/files.tsv"

# Held-out sources are indexed apart: not even the vocabulary sees them. Libraries would drown the others in it.
for use in train library heldout; do
  mapfile -t names < <(cut -f1,6 "$work/files.tsv" | grep -P "\t$use\$" | cut -f1 | sort -u | tr / +)
  [ ${#names[@]} -gt 0 ] || { : >"$work/$use.jsonl"; continue; }
  xcoder index --no-embed --no-resolve --workspace "$work/index-$use" "${names[@]/#/$repositories/}" || [ $? = 3 ] # some file was lost
  if [ "$use" = train ]; then
    xcoder tokenize --vocabulary --min-repositories 3 --max-terms 8192 --workspace "$work/index-$use" --model "$work/model" --output "$work/model/vocabulary.txt"
  fi
  xcoder tokenize --workspace "$work/index-$use" --model "$work/model" --format jsonl --output "$work/$use.jsonl"
done

"$python" "$here/train.py" --ids "$work/train.jsonl" "$work/library.jsonl" --problems "$work/files.tsv" --model "$work/model" --evaluate "$work/heldout.jsonl" "$@"
"$python" "$here/contamination.py" --train "$work/train.jsonl" "$work/library.jsonl" --problems "$work/files.tsv" --benchmarks
"$python" "$here/export.py" --model "$work/model"
"$python" "$here/credits.py" --problems "$work/files.tsv" >"$work/model/SOURCES.md"
