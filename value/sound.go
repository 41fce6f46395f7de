package value

// SoundKey gives a coarse key of how a folded word sounds: consonants in a few
// classes, vowels only as the first sound. Spellings of one name in English,
// German, Hungarian, Polish or romanised Cyrillic and Arabic mostly share it
// (Kovács, Kowatsch; Mohammed, Muhamad, محمد). It finds, it does not decide.
// A word with fewer than two sounds gives "".
func SoundKey(folded string) string {
	var buffer [24]byte
	key := appendSound(buffer[:0], folded)
	if len(key) < 2 {
		return ""
	}
	return string(key)
}

const maxSounds = 8

// appendSound adds at most maxSounds class letters of an ASCII word; a word of
// another script adds nothing.
func appendSound[T string | []byte](out []byte, word T) []byte {
	start := len(out)
	for i := 0; i < len(word) && len(out)-start < maxSounds; {
		if word[i] >= 0x80 {
			return out[:start]
		}
		class, used := sound(word, i, len(out) == start)
		i += used
		if class == 0 || len(out) > start && out[len(out)-1] == class {
			continue
		}
		out = append(out, class)
	}
	return out
}

func at[T string | []byte](word T, i int) byte {
	if i < len(word) {
		return word[i]
	}
	return 0
}

// sound gives the class of the sound at i (0: none) and how many letters it takes.
func sound[T string | []byte](word T, i int, first bool) (class byte, used int) {
	c, next := word[i], at(word, i+1)
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'j':
		return vowel(c, next, first), 1
	case 's', 'z':
		return 's', sibilantLength(word, i)
	case 'c':
		return soundC(word, i)
	case 't', 'd':
		if next == 's' || next == 'z' || next == 'c' && at(word, i+2) == 'h' {
			return 's', 1 + sibilantLength(word, i+1)
		}
		return 't', 1
	case 'p':
		if next == 'h' {
			return 'f', 2
		}
		return 'b', 1
	case 'b':
		return 'b', 1
	case 'f', 'v', 'w':
		return 'f', 1
	case 'g', 'k', 'q', 'x':
		// Inside a word kh (х, خ) is as often written h: Mikhail, Mihail.
		if c == 'k' && next == 'h' && !first {
			return 0, 2
		}
		return 'k', 1
	case 'h':
		if first {
			return 'h', 1
		}
		return 0, 1
	}
	return c, 1
}

func vowel(c, next byte, first bool) byte {
	if !first {
		return 0
	}
	if c == 'j' || c == 'y' || c == 'i' && (next == 'a' || next == 'o' || next == 'u' || next == 'e') {
		return 'j'
	}
	return 'a'
}

// sibilantLength covers s, z and what is written after them for one sound:
// sz, zs, sh, zh, sch, shch.
func sibilantLength[T string | []byte](word T, i int) int {
	n := 1
	for n < 4 {
		switch at(word, i+n) {
		case 's', 'z', 'h':
			n++
			continue
		case 'c':
			if at(word, i+n+1) == 'h' {
				n += 2
				continue
			}
		}
		break
	}
	return n
}

func soundC[T string | []byte](word T, i int) (class byte, used int) {
	switch at(word, i+1) {
	case 'h':
		return 's', 2
	case 's', 'z':
		return 's', 1 + sibilantLength(word, i+1)
	case 'e', 'i', 'y':
		return 's', 1
	case 'k':
		return 'k', 2
	}
	return 'k', 1
}
