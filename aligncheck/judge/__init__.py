"""For every word of both sides: is it rendered, and is its rendering right?"""
