# __title__, live

What you need, where to get it, and what it costs:

1. An account for Ada, and its token: `__NAME___TOKEN`.
2. An account for Ben, for flows between two people: `__NAME___SECOND_TOKEN`.
3. The address: `__NAME___URL`.

`npm run doctor -- __name__` says whether it works. What a run makes is removed when its scenario ends.
