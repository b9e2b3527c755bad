import type { Refused } from '../service'

/** The code of the error body equals the status. */
const refused = (status: number, says?: RegExp): Refused => ({
  status: [status],
  code: [String(status)],
  ...(says ? { says } : {}),
})

/** Symphony's status and message, by the words of `it is refused because …`. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the key does not match the account': refused(401),
  'the account is unknown': refused(401),
  'the token has expired': refused(401),
  'the certificate is not trusted': refused(403),
  'the bot may not use certificates': refused(403),
  'the session has ended': refused(401, /session/i),
  'the room does not exist': refused(400),
  'the message does not exist': refused(400),
  'Ada is not a member of the room': refused(403),
  'Ada lacks the entitlement': refused(403),
  'the message is empty': refused(400, /empty/i),
  'it is not well-formed': refused(400, /invalid messageml/i),
  'the element blink is unknown': refused(400, /"blink"/),
  'the element b has no attribute href': refused(400, /"href".*"b"/),
  'the element b cannot contain p': refused(400, /"p".*"b"/),
  'the mentioned user does not exist': refused(400, /uid|user/i),
  'the template is invalid': refused(400, /template|expression|nothing/i),
  'the room is deactivated': { status: [400, 403], code: ['400', '403'] },
  'the message is too long': refused(400),
  'the file is too large': refused(400, /attachments? .*too large/i),
  'there are too many mentions': refused(400),
  'the number is out of range': refused(400),
  'the start time is missing': refused(400),
  'the presence does not exist': refused(400),
  'the account does not exist': refused(404),
  'a conversation needs another member': refused(400),
  'the name is taken': refused(400),
  'the name is too long': refused(400),
  'a public room must show its history': refused(400),
  'a compliance rule forbids it': refused(451),
}
