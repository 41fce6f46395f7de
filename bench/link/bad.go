package main

func (b bench) badInputs() error { return nil }
