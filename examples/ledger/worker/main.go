package main

var release string

func main() { println(release) }
