Feature: Signing in
  A bot proves who it is by a private key or by a certificate, as its administrator set it up. Whatever does not fit the account
  opens nothing.

  Rule: Whatever the bot was given lets it in

    # SYM-002, SYM-005
    Scenario: With what is configured
      When Ada signs in to the pod
      Then the pod knows Ada by name

    # SYM-003
    @sandbox-only
    Scenario Outline: With <proof>
      Given Ada has <proof> to show
      When Ada signs in to the pod
      Then the pod knows Ada by name

      Examples:
        | proof                   |
        | a key in a file         |
        | a key                   |
        | a certificate in a file |
        | a certificate           |

  Rule: What does not fit the account opens nothing

    # SYM-004
    @sandbox-only
    Scenario Outline: With <proof>
      Given Ada has <proof> to show
      When Ada tries to sign in to the pod
      Then it is refused because <reason>

      Examples:
        | proof                            | reason                              |
        | the key of another bot           | the key does not fit the account    |
        | a name nobody has                | the account is not known            |
        | a pass that has run out          | the pass has expired                |
        | a certificate nobody vouches for | the certificate is not trusted      |
        | a certificate it may not use     | the bot may not use certificates    |

  Rule: A session ends, and another begins unnoticed

    # SYM-110
    Scenario: Signing out
      Given Ada has signed out of the pod
      When Ada tries to go on in the old session
      Then it is refused because the session is over

    @sandbox-only
    Scenario: The session ran out overnight
      Given the session of Ada has run out
      When Ada sends "Good morning"
      Then "Good morning" reads as it was sent
      And Ada is in a new session

    @sandbox-only
    Scenario: The pod is busy for a moment
      Given the pod has had enough of Ada for a moment
      When Ada sends "Whenever you can"
      Then "Whenever you can" reads as it was sent
