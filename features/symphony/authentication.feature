Feature: Authenticating a bot
  A bot authenticates with a private key or a certificate that its administrator registered. Credentials that do not match the
  account are refused.

  Rule: A registered key or certificate authenticates the bot

    Scenario: The configured credentials sign in to the pod
      When Ada signs in to the pod with the configured credentials
      Then the pod session belongs to Ada

    Scenario Outline: Ada signs in to the pod with <proof>
      When Ada signs in to the pod with <proof>
      Then the pod session belongs to Ada

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
      When Ada tries to sign in to the pod with <proof>
      Then it is refused because <reason>

      Examples:
        | proof               | reason                             |
        | an unregistered key | the key does not match the account |
        | an unknown username | the account is unknown             |
        | an expired token    | the token has expired              |

      @sandbox-only
      Examples:
        | proof                                 | reason                           |
        | an untrusted certificate              | the certificate is not trusted   |
        | a certificate without the entitlement | the bot may not use certificates |
