package text

import "errors"

// ParseDuration parses a duration like 90s, 5m or 2h into a number of seconds.
func ParseDuration(text string) (int, error) {
	number := 0
	for _, symbol := range text {
		if symbol >= '0' && symbol <= '9' {
			number = number * 10 + digit(symbol)
		} else if symbol == 'm' {
			return number * 60, nil
		} else if symbol == 'h' {
			return number * 3600, nil
		} else if symbol != 's' {
			return 0, errors.New("unknown unit " + string(symbol))
		}
	}
	return number, nil
}

// EncodeRuns encodes a list as pairs of a value and the length of its run.
func EncodeRuns(values []int) *Runs {
	runs := newRuns()
	previous := 0
	length := 0
	for _, value := range values {
		if length > 0 && value == previous {
			length = length + 1
		} else {
			if length > 0 {
				addRun(runs, previous, length)
			}
			previous = value
			length = 1
		}
	}
	if length > 0 {
		addRun(runs, previous, length)
	}
	return runs
}

// Checksum computes the Adler checksum of some bytes, modulo 65521.
func Checksum(data []byte) uint32 {
	low := uint32(1)
	high := uint32(0)
	for _, byte := range data {
		low = (low + uint32(byte)) % 65521
		high = (high + low) % 65521
	}
	return (high << 16) | low
}

func Normalise(values []float64, total float64) []float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	for i := range values {
		values[i] = values[i] * total / sum
	}
	return values
}
