#compdef xcoder
# Completion of xcoder for zsh. Installed as _xcoder in a folder of $fpath, or sourced after compinit.
_xcoder() {
    local line="${(j: :)words[1,CURRENT-1]} $PREFIX" word
    local -a found
    for word in "${(@f)$(command xcoder '[complete]' "$line" 2>/dev/null </dev/null)}"; do
        # In _describe's list a colon separates a word from its description.
        [[ -n $word ]] && found+=("${${word%%$'\t'*}//:/\\:}:${word#*$'\t'}")
    done
    if (( $#found )); then
        _describe -V xcoder found
    else
        _files
    fi
}
if [[ $funcstack[1] == _xcoder ]]; then
    _xcoder "$@"
else
    compdef _xcoder xcoder
fi
