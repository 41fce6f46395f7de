// Package paxlst reads and writes lists of passengers and crew as UN/EDIFACT
// PAXLST messages of directory D.12B, in the shape that border authorities take
// them for advance passenger information (WCO, IATA and ICAO guidelines,
// appendix IIA; syntax of ISO 9735 version 4).
//
// # Words
//
//   - An interchange is one file, from a sender to a recipient; it holds one
//     message or the parts of one.
//   - A message is one departure with its people: passengers or crew, not both.
//   - A call is where the vehicle leaves, stops and arrives.
//   - Texts stand in the characters of level UNOA (capital letters, digits and
//     some signs); a message that needs more, such as @, is written in UNOC, ISO
//     8859-1. Names are spelled in Latin letters as on the document's zone.
//
// # Example
//
//	m := paxlst.Message{Sender: paxlst.Station{ID: "CAIRN"}, Recipient: paxlst.Station{ID: "CAAPIS"}, Prepared: now, Control: "000000001",
//		List: paxlst.Passengers, Transport: paxlst.Transport{Number: "XX123", Carrier: "XX"},
//		Calls: []paxlst.Call{{Kind: paxlst.Departs, Place: "VIE", At: leaves}, {Kind: paxlst.Arrives, Place: "YYZ", At: lands}},
//		People: people}
//	err := paxlst.Write(file, m)
//	messages, err := paxlst.Read(file)
package paxlst
