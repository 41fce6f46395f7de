package route

import "testing"

// Every traveller is in just the shard that says so.
func TestEveryTravellerHasOneShard(t *testing.T) {
	for _, n := range []int{1, 5, 63, 64, 65, 1000, 7741} {
		p := &pool{travellers: make([]traveller, n)}
		next := int32(0)
		for s := range shards {
			from, to := p.shard(s)
			if from != next {
				t.Fatalf("%d travellers: shard %d begins at %d, the one before ends at %d", n, s, from, next)
			}
			for i := from; i < to; i++ {
				if got := p.shardOf(i); int(got) != s {
					t.Fatalf("%d travellers: number %d is in shard %d, said to be in %d", n, i, s, got)
				}
			}
			next = to
		}
		if int(next) != n {
			t.Errorf("%d travellers: the shards hold %d", n, next)
		}
	}
}
