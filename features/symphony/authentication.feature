Feature: Authenticating a bot
  A bot authenticates with a private key or a certificate that its administrator registered. Credentials that do not match the
  account are refused.

  Rule: A registered key or certificate authenticates the bot

    Scenario: The configured credentials sign in to the pod
      When Ada signs in to the pod
      Then the pod knows Ada by name

    Scenario Outline: Ada signs in to the pod with <proof>
      Given Ada has <proof> to show
      When Ada signs in to the pod
      Then the pod knows Ada by name

      @needs:key-file
      Examples:
        | proof           |
        | a key in a file |

      @needs:key-text
      Examples:
        | proof |
        | a key |

      @needs:certificate-file
      Examples:
        | proof                   |
        | a certificate in a file |

      @needs:certificate-text
      Examples:
        | proof         |
        | a certificate |

  Rule: Credentials that do not match the account are refused

    Scenario Outline: Signing in with <proof> is refused
      Given Ada has <proof> to show
      When Ada tries to sign in to the pod
      Then it is refused because <reason>

      Examples:
        | proof                     | reason                           |
        | a key that is not its own | the key does not fit the account |
        | an unknown username       | the account is not known         |
        | a pass that has run out   | the token has expired             |

      @sandbox-only
      Examples:
        | proof                            | reason                           |
        | an untrusted certificate         | the certificate is not trusted   |
        | a certificate it may not use     | the bot may not use certificates |
