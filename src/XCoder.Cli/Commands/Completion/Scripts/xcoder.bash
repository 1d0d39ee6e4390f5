# Completion of xcoder for bash. Installed as ~/.local/share/bash-completion/completions/xcoder, or sourced by ~/.bashrc.
_xcoder() {
    local line=${COMP_LINE:0:COMP_POINT} word
    local last=${line##*[[:space:]]}
    COMPREPLY=()
    while IFS= read -r word; do
        word=${word%%$'\t'*}
        # Where '=' separates words, bash keeps what stands before it.
        if [[ $last == -*=* && $COMP_WORDBREAKS == *=* ]]; then
            word=${word#*=}
        fi
        COMPREPLY+=("$word")
    done < <(command xcoder '[complete]' "$line" 2>/dev/null </dev/null)
}
complete -o default -F _xcoder xcoder
