Feature: Signing in
  A bot proves who it is by a private key or by a certificate, as its administrator set it up. Whatever does not fit the account
  opens nothing.

  Rule: Whatever the bot was given lets it in

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

  Rule: What does not fit the account opens nothing

    Scenario Outline: Signing in with <proof> is refused
      Given Ada has <proof> to show
      When Ada tries to sign in to the pod
      Then it is refused because <reason>

      Examples:
        | proof                     | reason                           |
        | a key that is not its own | the key does not fit the account |
        | a name nobody has         | the account is not known         |
        | a pass that has run out   | the token has expired             |

      @sandbox-only
      Examples:
        | proof                            | reason                           |
        | a certificate nobody vouches for | the certificate is not trusted   |
        | a certificate it may not use     | the bot may not use certificates |
