#!/usr/bin/env bash
# The hybrid model's transformer, from what train.sh left in its folder:
#   models/training/train_transformer.sh WORK [options of train_transformer.py]
# BASE is the folder of the static model it stands beside (the shipped one unless set). WORK/hybrid receives the model,
# and WORK/default the base, which it needs beside it; --device cuda trains on a GPU.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1 base=${BASE:-$here/../default}
shift
python=${PYTHON:-/usr/bin/python3}

for file in tokens.json vocabulary.txt; do
  cmp "$base/$file" "$work/model/$file" # ids of other terms mean nothing to the base
done
mkdir -p "$work/hybrid" "$work/default"
cp "$here/hybrid.json" "$work/hybrid/model.json"
"$python" "$here/train_transformer.py" --ids "$work/train.jsonl" --problems "$work/files.tsv" --base "$base" --model "$work/hybrid" --evaluate "$work/heldout.jsonl" "$@"
"$python" "$here/export_transformer.py" --model "$work/hybrid" --base "$base" --ids "$work/train.jsonl"
cp -r "$base/." "$work/default/"
