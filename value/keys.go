package value

import "strings"

// MaxKeys bounds what one name or query puts into an index.
const MaxKeys = 12

// soundMark begins every sound key; no folded word holds it.
const soundMark = '~'

// SearchKeys gives the keys under which an index should find the name: its
// folded words, then sound keys beginning with "~". No key occurs twice, and
// there are at most MaxKeys; long names lose sound keys first.
func SearchKeys(n Name) []string {
	var buffer [192]byte
	words := appendFolded(buffer[:0], n.Full)
	for _, part := range [4]string{n.Given, n.Family, n.Patronymic, n.Other} {
		if part == "" || strings.Contains(n.Full, part) {
			continue
		}
		if len(words) > 0 {
			words = append(words, ' ')
		}
		words = appendFolded(words, part)
	}
	return keysOf(words)
}

// QueryKeys gives the keys to look up for what somebody typed: the same forms
// as SearchKeys. A word may be the beginning of an indexed key; a sound key is
// compared whole (IsSoundKey).
func QueryKeys(q string) []string {
	var buffer [192]byte
	return keysOf(appendFolded(buffer[:0], q))
}

// IsSoundKey reports whether a key says how a word sounds, not how it is written.
func IsSoundKey(key string) bool { return key != "" && key[0] == soundMark }

// keysOf cuts folded words into keys. All keys share one string, so that a name
// costs two allocations.
func keysOf(words []byte) []string {
	var ends [MaxKeys + 1]int
	var buffer [256]byte
	text, count := buffer[:0], 0
	add := func(from int) {
		if len(text) == from {
			return
		}
		for i := 0; i < count; i++ {
			if string(text[ends[i]:ends[i+1]]) == string(text[from:]) {
				text = text[:from]
				return
			}
		}
		count++
		ends[count] = len(text)
	}
	eachWord(words, func(word []byte) bool {
		from := len(text)
		text = append(text, word...)
		add(from)
		return count < MaxKeys
	})
	written := count
	for i := 0; i < written && count < MaxKeys; i++ {
		from := len(text)
		text = append(text, soundMark)
		text = appendSound(text, text[ends[i]:ends[i+1]])
		if len(text) < from+3 {
			text = text[:from]
			continue
		}
		add(from)
	}
	all := string(text)
	keys := make([]string, count)
	for i := range keys {
		keys[i] = all[ends[i]:ends[i+1]]
	}
	return keys
}

func eachWord(words []byte, yield func([]byte) bool) {
	start := 0
	for i := 0; i <= len(words); i++ {
		if i < len(words) && words[i] != ' ' {
			continue
		}
		if i > start && !yield(words[start:i]) {
			return
		}
		start = i + 1
	}
}
