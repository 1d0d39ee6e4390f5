{code}

function xcoder_show($value, $depth = 0) {
    if ($depth > 30) throw new Exception('unprintable');
    if ($value === null) return 'null';
    if (is_bool($value)) return $value ? 'true' : 'false';
    if (is_int($value)) return (string)$value;
    if (is_float($value)) return is_nan($value) ? 'NaN' : (is_infinite($value) ? ($value > 0 ? 'Infinity' : '-Infinity') : var_export($value, true));
    if (is_string($value)) return '"' . preg_replace_callback('/["\\\\]|[^ -~]/', fn($m) => $m[0] === '"' || $m[0] === '\\' ? '\\' . $m[0] : sprintf('\\x%02x', ord($m[0])), $value) . '"';
    if ($value instanceof Traversable) { $items = []; foreach ($value as $item) { $items[] = $item; if (count($items) >= 1000) break; } $value = $items; }
    if (is_array($value)) {
        $items = [];
        foreach ($value as $key => $item) $items[] = array_is_list($value) ? xcoder_show($item, $depth + 1) : '[' . xcoder_show($key, $depth + 1) . ',' . xcoder_show($item, $depth + 1) . ']';
        return (array_is_list($value) ? '[' : 'M[') . implode(',', $items) . ']';
    }
    throw new Exception('unprintable: ' . get_debug_type($value));
}
function xcoder_line($text) { while (ob_get_level() > 0) ob_end_flush(); flush(); fwrite(STDOUT, "\n{secret} " . $text . "\n"); }
function xcoder_call($index, $target, $arguments) {
    if ($index < (int)(getenv('XCODER_FROM') ?: '0')) return;
    xcoder_line('@ ' . $index);
    try {
        $result = $target($arguments);
        $line = '= ' . $index . ' ' . xcoder_show($result) . "\t" . xcoder_show($arguments);
    } catch (Throwable $error) {
        $line = '! ' . $index . ' ' . get_class($error) . ': ' . substr(preg_replace('/[^ -~]+/', ' ', $error->getMessage()), 0, 200);
    }
    xcoder_line($line);
}
set_error_handler(function ($level, $message) { if (error_reporting() & $level && !($level & (E_DEPRECATED | E_USER_DEPRECATED | E_NOTICE))) throw new ErrorException($message, 0, $level); return true; });
{calls}
xcoder_line('$');
