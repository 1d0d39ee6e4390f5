# Completion of xcoder for fish. Installed as ~/.config/fish/completions/xcoder.fish.
function __xcoder_complete
    set -l line (commandline --current-process --cut-at-cursor | string collect)
    set -l found (command xcoder '[complete]' "$line" 2>/dev/null </dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline --current-token --cut-at-cursor)
    end
end
complete --command xcoder --no-files --keep-order --arguments '(__xcoder_complete)'
