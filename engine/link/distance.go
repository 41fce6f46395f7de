package link

const longestCompared = 32

// editDistance counts insertions, deletions, substitutions and swaps of
// neighbours (Damerau 1964, optimal string alignment); it stops counting above
// limit and then returns limit+1. Bytes after the 32nd are not looked at.
func editDistance(a, b string, limit int) int {
	if len(a) > longestCompared {
		a = a[:longestCompared]
	}
	if len(b) > longestCompared {
		b = b[:longestCompared]
	}
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][longestCompared + 1]uint8
	before, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = uint8(i)
		best := uint8(i)
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			cur[j] = d
			best = min(best, d)
		}
		if int(best) > limit {
			return limit + 1
		}
		before, prev, cur = prev, cur, before
	}
	return min(int(prev[len(b)]), limit+1)
}

// jaroWinkler is the similarity of Jaro (1989) with the prefix bonus of Winkler
// (1990), from 0 to 1, over the first 32 bytes.
func jaroWinkler(a, b string) float64 {
	a, b = a[:min(len(a), longestCompared)], b[:min(len(b), longestCompared)]
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	window := max(max(len(a), len(b))/2-1, 0)
	var usedA, usedB [longestCompared]bool
	common := 0
	for i := range len(a) {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if !usedB[j] && a[i] == b[j] {
				usedA[i], usedB[j] = true, true
				common++
				break
			}
		}
	}
	if common == 0 {
		return 0
	}
	swaps, j := 0, 0
	for i := range len(a) {
		if !usedA[i] {
			continue
		}
		for !usedB[j] {
			j++
		}
		if a[i] != b[j] {
			swaps++
		}
		j++
	}
	c := float64(common)
	jaro := (c/float64(len(a)) + c/float64(len(b)) + (c-float64(swaps/2))/c) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*0.1*(1-jaro)
}
