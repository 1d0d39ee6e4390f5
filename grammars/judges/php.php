@@common
function xcoder_show($value, $depth = 0) {
    if ($depth > 60) throw new LogicException('unprintable');
    if ($value === null) return 'n';
    if (is_bool($value)) return $value ? 't' : 'f';
    if (is_int($value)) return 'i' . $value . ';';
    if (is_float($value)) return 'd' . (is_nan($value) ? 'NaN' : (is_infinite($value) ? ($value > 0 ? 'Infinity' : '-Infinity') : var_export($value, true))) . ';';
    if (is_string($value)) return 's' . bin2hex($value) . ';';
    if (!is_array($value)) throw new LogicException('unprintable');
    $shown = 'm' . count($value) . ';';
    foreach ($value as $key => $item) $shown .= xcoder_show($key, $depth + 1) . xcoder_show($item, $depth + 1);
    return $shown;
}
function xcoder_read($text, &$at) {
    $tag = $text[$at++];
    if ($tag === 'n' || $tag === 'v') return null;
    if ($tag === 't' || $tag === 'f') return $tag === 't';
    $end = strpos($text, ';', $at);
    $digits = substr($text, $at, $end - $at);
    $at = $end + 1;
    if ($tag === 'i' || $tag === 'c') return (int)$digits;
    if ($tag === 'd') return ['NaN' => NAN, 'Infinity' => INF, '-Infinity' => -INF][$digits] ?? (float)$digits;
    if ($tag === 's' || $tag === 'b' || $tag === 'y') return hex2bin($digits);
    $items = [];
    for ($i = 0; $i < (int)$digits; $i++) {
        $key = $tag === 'm' ? xcoder_read($text, $at) : $i;
        $items[$key] = xcoder_read($text, $at);
    }
    return $items;
}
function xcoder_value($text) { $at = 0; return xcoder_read($text, $at); }
function xcoder_line($text) { while (ob_get_level() > 0) ob_end_flush(); flush(); fwrite(STDOUT, "\n{secret} " . $text . "\n"); fflush(STDOUT); }

@@answer
{code}

{common}
$xcoder_table = [{entries}];
$xcoder_input = fopen('php://fd/9', 'rb');
while (($xcoder_text = fgets($xcoder_input)) !== false) {
    $xcoder_parts = explode(' ', trim($xcoder_text));
    try {
        $xcoder_arguments = xcoder_value($xcoder_parts[2]);
        $xcoder_result = $xcoder_table[$xcoder_parts[1]]($xcoder_arguments);
        $xcoder_after = xcoder_show($xcoder_arguments);
    } catch (Throwable $xcoder_error) {
        xcoder_line('! ' . $xcoder_parts[0] . ' s' . bin2hex(get_class($xcoder_error)) . '; s' . bin2hex(substr($xcoder_error->getMessage(), 0, 2000)) . ';');
        continue;
    }
    try { $xcoder_shown = xcoder_show($xcoder_result); } catch (LogicException $xcoder_error) { xcoder_line('# ' . $xcoder_parts[0]); continue; }
    xcoder_line('= ' . $xcoder_parts[0] . ' ' . $xcoder_shown . ' ' . $xcoder_after);
}

@@judge
{common}
function xcoder_refuse($reason) { xcoder_line('# ' . $reason); exit(3); }
function xcoder_ask($key, &$arguments) {
    static $input = null;
    $input ??= fopen('php://fd/9', 'rb');
    try { $shown = xcoder_show($arguments); } catch (LogicException $error) { xcoder_refuse('the tests pass something that is no value'); }
    xcoder_line('? ' . $key . ' ' . $shown);
    $reply = explode(' ', trim(fgets($input)));
    $value = xcoder_value($reply[1]);
    $after = xcoder_value($reply[2]);
    if ($reply[0] === '!') {
        if (class_exists($value) && is_subclass_of($value, 'Throwable')) throw new $value($after);
        throw new Exception($after);
    }
    if (is_array($after)) $arguments = $after;
    return $value;
}
{stubs}
{tests}
xcoder_line('$');
