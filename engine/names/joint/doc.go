// Package joint learns how names in one script are written in Latin letters, and
// scores, reads and finds names with what it learned.
//
// A foreign word and its Latin spelling are cut together into blocks: at most one
// foreign letter with at most one Latin letter. The cut is not known; its blocks'
// probabilities are estimated by expectation-maximisation over all cuts
// (Ristad and Yianilos, "Learning string-edit distance", 1998). Pairs that
// independent letters explain as well are noise and are left out. Larger blocks
// were tried and found fewer names in every script: they learn rare sequences by
// heart, where the n-gram falls back to shorter ones. An n-gram over the blocks with Kneser-Ney
// smoothing then gives the joint probability of both words (Bisani and Ney,
// "Joint-sequence models for grapheme-to-phoneme conversion", 2008).
//
//	model := joint.Train(pairs, joint.Options{...})
//	searcher := model.NewSearcher(model.NewTrie(words), 200)
//	found := searcher.Search(model.Foreign.Encode("пушкин"))
//
// All probabilities are natural logarithms.
package joint
