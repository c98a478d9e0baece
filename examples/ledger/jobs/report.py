print("no entries today")
