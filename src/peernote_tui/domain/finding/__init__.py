"""Finding a person among many by whatever is typed of them: an index in memory, and the weighing of what it finds.

Every word of a query is evidence. How much is the likelihood ratio of Fellegi and Sunter (1969), "A theory for record
linkage": how probable this much likeness is when the person is meant, against how many people are as much like it.
So a rare word with a slip in it tells more than a common one without. Everything here is pure; nothing is stored.
"""
