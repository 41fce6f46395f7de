package route

import "slices"

// option is a journey that a traveller could take: cost is what the journey
// costs, its seats without price; its events lie in the arena of the traveller's
// shard. One that takes longer than the traveller allows serves the bound alone.
type option struct {
	cost    int64
	first   int32
	count   int16
	shard   uint8
	tooLong bool
}

// pool keeps, for each traveller, the journeys that were cheapest at some
// prices, so that most choices need no scan. Travellers lie in shards, which can be
// filled side by side.
type pool struct {
	n          *network
	travellers []traveller
	options    [][]option
	arenas     [shards][]int32
}

const shards = 64

// shard is the travellers of shard s, from and up to.
func (p *pool) shard(s int) (from, to int32) {
	n := len(p.travellers)
	return int32(n * s / shards), int32(n * (s + 1) / shards)
}

// shardOf is the shard that has traveller i.
func (p *pool) shardOf(i int32) uint8 {
	return uint8(((int(i)+1)*shards - 1) / len(p.travellers))
}

// poolSize is how many journeys one traveller keeps.
const poolSize = 20

func newPool(n *network, travellers []traveller) *pool {
	return &pool{n: n, travellers: travellers, options: make([][]option, len(travellers))}
}

func (p *pool) events(o option) []int32 {
	return p.arenas[o.shard][o.first : o.first+int32(o.count)]
}

// add keeps a journey, unless it is kept already, and returns its place among
// the traveller's options; -1 for the empty journey. Where the traveller has
// too many, the new one replaces the dearest at the prices.
func (p *pool) add(i int32, journey []int32, prices []int64) int32 {
	if len(journey) == 0 {
		return -1
	}
	list := p.options[i]
	for at, o := range list {
		if int(o.count) == len(journey) && slices.Equal(p.events(o), journey) {
			return int32(at)
		}
	}
	shard := p.shardOf(i)
	arena := &p.arenas[shard]
	made := option{cost: int64(p.n.fare(&p.travellers[i], journey).Total()), first: int32(len(*arena)), count: int16(len(journey)), shard: shard}
	if t := &p.travellers[i]; t.longest > 0 {
		made.tooLong = p.n.lasts(journey) > t.longest
	}
	if len(list) < poolSize {
		*arena = append(*arena, journey...)
		p.options[i] = append(list, made)
		return int32(len(list))
	}
	worst, most := 0, int64(-1)
	for at, o := range list {
		if c := p.priced(i, o, prices); c > most {
			worst, most = at, c
		}
	}
	if made.count <= list[worst].count {
		made.first = list[worst].first
		copy((*arena)[made.first:], journey)
	} else {
		*arena = append(*arena, journey...)
	}
	list[worst] = made
	return int32(worst)
}

// priced is what an option costs with its seats at the prices.
func (p *pool) priced(i int32, o option, prices []int64) int64 {
	sum, kinds := o.cost, p.n.kinds
	need := p.travellers[i].need
	for _, e := range p.events(o) {
		for k, c := range need {
			if c > 0 {
				sum += int64(c) * prices[int(e)*kinds+k]
			}
		}
	}
	return sum
}

// cheapest is the traveller's best option at the prices, -1 when staying costs
// no more.
func (p *pool) cheapest(i int32, prices []int64) (int32, int64) {
	best, least := int32(-1), p.travellers[i].penalty
	for at, o := range p.options[i] {
		if o.cost >= least {
			continue
		}
		if c := p.priced(i, o, prices); c < least {
			best, least = int32(at), c
		}
	}
	return best, least
}

// size is the number of events on all options: what one look through all takes.
func (p *pool) size() int64 {
	sum := 0
	for s := range p.arenas {
		sum += len(p.arenas[s])
	}
	return int64(sum)
}
