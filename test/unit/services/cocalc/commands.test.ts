import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type Command, changesNothing } from '../../../../support/services/cocalc/client/project-system'

const inShell = (command: string): Command => ({ command, bash: true })

const REPEATABLE: Command[] = [
  { command: 'date', args: ['-Is'] },
  { command: 'uname', args: ['-a'] },
  inShell("echo 'plants.txt is missing > lost; rm' >&2; exit 1"),
  inShell('sleep 5 && cat plants.txt | cat'),
]
const NOT_REPEATABLE: Command[] = [
  { command: 'touch', args: ['plants.txt'] },
  { command: 'pip', args: ['install', 'ipykernel'] },
  inShell('echo oak > plants.txt'),
  inShell('echo oak >> plants.txt'),
  inShell('date; touch plants.txt'),
  inShell('echo `touch plants.txt`'),
  inShell('echo $(touch plants.txt)'),
  inShell('sleep 1 || rm plants.txt'),
  inShell('sleep 1 & touch plants.txt'),
]

describe('a command in a project', () => {
  for (const command of REPEATABLE) {
    test(`may be repeated: ${command.command}`, () => {
      expect(changesNothing(command)).to.equal(true)
    })
  }
  for (const command of NOT_REPEATABLE) {
    test(`is not repeated: ${command.command}`, () => {
      expect(changesNothing(command)).to.equal(false)
    })
  }
})
