/** Parses a duration like 90s, 5m or 2h into a number of seconds. */
export function parseDuration(text) {
  let number = 0;
  for (const symbol of text) {
    if (symbol >= '0' && symbol <= '9') {
      number = number * 10 + digit(symbol);
    } else if (symbol === 'm') {
      return number * 60;
    } else if (symbol === 'h') {
      return number * 3600;
    } else if (symbol !== 's') {
      throw new Error('unknown unit ' + symbol);
    }
  }
  return number;
}

/** Encodes a list as pairs of a value and the length of its run. */
export function encodeRuns(values) {
  const runs = newRuns();
  let previous = 0;
  let length = 0;
  for (const value of values) {
    if (length > 0 && value === previous) {
      length = length + 1;
    } else {
      if (length > 0) {
        addRun(runs, previous, length);
      }
      previous = value;
      length = 1;
    }
  }
  if (length > 0) {
    addRun(runs, previous, length);
  }
  return runs;
}

/** Computes the Adler checksum of some bytes, modulo 65521. */
export function checksum(data) {
  let low = 1;
  let high = 0;
  for (const byte of data) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return ((high << 16) | low) >>> 0;
}
