#!/usr/bin/env bash
# The larger model, after train.sh: the default's weights and a second set, trained apart, side by side.
#   models/training/train_quality.sh WORK [options of train.py]
# WORK is the folder of train.sh; the model is written to WORK/quality.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(cd "$1" && pwd)
shift
python=${PYTHON:-/usr/bin/python3}

"$python" "$here/train.py" --ids "$work/train.jsonl" "$work/library.jsonl" --problems "$work/files.tsv" --model "$work/model" --evaluate "$work/heldout.jsonl" --seed 2 --steps 900 --output second.npz "$@"
mkdir -p "$work/quality"
cp "$work/model/tokens.json" "$work/model/vocabulary.txt" "$work/quality/"
cp "$here/quality.json" "$work/quality/model.json"
"$python" "$here/export.py" --model "$work/model" --weights weights.npz second.npz --output "$work/quality"
