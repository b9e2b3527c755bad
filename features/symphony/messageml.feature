Feature: Sending MessageML
  MessageML is validated strictly: one error, and the whole message is refused with the position of the error.

  Rule: Valid MessageML is rendered

    Scenario: Bold, italic and code are kept in Symphony
      When Ada writes "Release notes" in MessageML:
        """
        <b>Ready to ship</b> <i>since noon</i> <code>npm ci</code> <pre>one
          two</pre>
        """
      Then "Release notes" shows these parts:
        | bold   | Ready to ship |
        | italic | since noon    |
        | code   | npm ci        |
        | block  | one\n  two    |

  Rule: Invalid MessageML is refused with the reason

    Scenario: An empty MessageML message is refused
      When Ada tries to write in MessageML:
        """
        <messageML></messageML>
        """
      Then it is refused because the message is empty

    Scenario Outline: MessageML is refused for <slip>
      When Ada tries to write in MessageML:
        """
        <messageML><markup></messageML>
        """
      Then it is refused because <reason>

      Examples:
        | slip                   | markup                    | reason                                 |
        | An element left open   | <b>bold                   | it is no well-formed message           |
        | A bare ampersand       | this & that               | it is no well-formed message           |
        | An unknown element     | <blink>x</blink>          | it holds the unknown element blink   |
        | A foreign attribute    | <b href="https://x.y">x</b> | href does not belong on b        |
        | A paragraph in bold    | <b><p>x</p></b>           | p does not belong into b           |
        | A mention of no user   | <mention uid="1"/>        | the mentioned user does not exist                 |
        | A template left open   | ${nothing}                | the template is not understood         |

  Rule: A message has a maximum size

    Scenario: A Symphony message over the maximum length is refused
      When Ada tries to write more than MessageML may hold
      Then it is refused because the message is too long

    Scenario: A message with too many mentions is refused
      When Ada tries to mention Ben more often than MessageML may
      Then it is refused because there are too many mentions
