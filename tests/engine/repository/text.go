package text

import "strings"

func BinarySearch(items []int, wanted int) int {
	low, high := 0, len(items)-1
	for low <= high {
		middle := (low + high) / 2
		if items[middle] == wanted {
			return middle
		}
		if items[middle] < wanted {
			low = middle + 1
		} else {
			high = middle - 1
		}
	}
	return -1
}

func CountWords(text string) map[string]int {
	counts := map[string]int{}
	for _, word := range strings.Fields(strings.ToLower(text)) {
		counts[word]++
	}
	return counts
}

func IsPalindrome(letters []rune) bool {
	left, right := 0, len(letters)-1
	for left < right {
		if letters[left] != letters[right] {
			return false
		}
		left++
		right--
	}
	return true
}
