Feature: Sending MessageML
  MessageML is validated strictly: one error, and the whole message is refused with the position of the error.

  Rule: Valid MessageML is rendered

    Scenario: Bold, italic and code are kept in Symphony
      When Ada sends "Release notes" in MessageML:
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
      When Ada tries to send this MessageML:
        """
        <messageML></messageML>
        """
      Then it is refused because the message is empty

    Scenario Outline: MessageML is refused for <flaw>
      When Ada tries to send this MessageML:
        """
        <messageML><markup></messageML>
        """
      Then it is refused because <reason>

      Examples:
        | flaw                         | markup                      | reason                              |
        | an unclosed element          | <b>bold                     | it is not well-formed               |
        | an unescaped ampersand       | this & that                 | it is not well-formed               |
        | an unknown element           | <blink>x</blink>            | the element blink is unknown        |
        | an attribute of another element | <b href="https://x.y">x</b> | the element b has no attribute href |
        | a paragraph in bold          | <b><p>x</p></b>             | the element b cannot contain p      |
        | a mention of an unknown user | <mention uid="1"/>          | the mentioned user does not exist   |
        | a template without a value   | ${nothing}                  | the template is invalid             |

  Rule: A message has a maximum size

    Scenario: A Symphony message over the maximum length is refused
      When Ada tries to send MessageML over the maximum length
      Then it is refused because the message is too long

    Scenario: A message with too many mentions is refused
      When Ada tries to send MessageML with too many mentions of Ben
      Then it is refused because there are too many mentions
