// Package names tells how likely two names, in any scripts, are the same name
// written twice, and finds a name among many.
//
// # Words
//
// A name is split into words: the parts that spaces, hyphens and points
// separate, particles joined to what they belong to. A word has a script, a
// role (title, particle, initial, patronymic, plain) and, when it is not in
// Latin letters, Latin readings. A weight is log2 of how much likelier two
// names are when they belong to one person than when they belong to two
// strangers; 0 says nothing, 10 is strong, below 0 speaks against. A key is a
// number that names which sound alike mostly share, whatever their script.
//
// # How it works
//
// Arabic, Hebrew, Cyrillic, Chinese, Korean and Katakana are read by learned
// joint-sequence models (package joint): a name and its spelling in Latin
// letters, without accents, are cut together into small blocks, and an n-gram
// over the blocks gives the probability of both. Chinese characters are read by
// their Mandarin sounds first. Persian, Pashto, Urdu and the Slavic languages
// beside Russian use the same models after their own letters have been mapped: پ چ ژ گ
// as Arabic writes their sounds in foreign names. Nothing was trained on these languages;
// well-known names of each are held by tests, and aspirates of Urdu are read worst.
// Greek, Georgian, Armenian, Devanagari, Bengali, Ethiopic, Burmese, Khmer and
// Thai have no training pairs: they are romanised by tables that follow public
// standards, which is a rougher reading and is said so by Script.Learned.
//
// Papers: Bisani and Ney, "Joint-sequence models for grapheme-to-phoneme
// conversion", 2008; Ristad and Yianilos, "Learning string-edit distance", 1998;
// Li, Zhang and Su, "A joint source-channel model for machine
// transliteration", 2004.
//
// # Use
//
//	m, err := names.Load()              // once; safe for many goroutines
//	a := m.Prepare("عبد الفتاح السيسي") // once for each name
//	b := m.Prepare("Abdel Fattah el-Sisi")
//	weight := m.Compare(a, b)           // about 1 µs in one script
//	keys := a.Keys()                    // candidates: names that share a key
//
// A register that keeps its own table of words prepares each distinct word once
// (Matcher.Word) and compares words (Matcher.CompareWords); how much a rare word
// is worth in that register is the register's own business: weights here know
// only how well the spellings fit.
//
// An Index finds the best names for a query among many:
//
//	index := m.NewIndex([]string{"Sechin", "Setchin", "Lavrov"})
//	hits := index.Search("Лавров", 10) // hits[0].Item == 2
package names
