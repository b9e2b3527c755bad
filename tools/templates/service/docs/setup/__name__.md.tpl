# __title__

Without credentials the scenarios run on the [sandbox](#sandbox). All variables are in [configuration](../configuration.md).

## What you need

1. **An account for Ada.** Set `__NAME___URL` to the address of the service and `__NAME___TOKEN` to her token.
2. **An account for Ben**, for flows between two people. Set `__NAME___SECOND_TOKEN` to his token.

## Variables

| variable | value |
| --- | --- |
| `__NAME___URL` | base URL of the service |
| `__NAME___TOKEN` | Ada's token |
| `__NAME___SECOND_TOKEN` | Ben's token; without it, the scenarios that need a second person are skipped |

## What a run creates and how it is removed

Everything that a scenario creates is removed when the scenario ends. [clean-up](../clean-up.md) lists every kind.

## Running it

```
npm run doctor -- __name__              what would run with your credentials, and what is missing
npx cucumber-js features/__name__       run it
```

## Sandbox

```
npm run sandbox -- __name__
```

starts the sandbox and prints the variables for any client.
