Feature: Storing a connector's configuration
  What an owner has saved stays until it is replaced. Configurations of one type do not affect those of another, and
  secrets are not part of them.

  Rule: A configuration is read as it was saved

    Scenario: A saved configuration can be read
      When Ada saves the configuration "nightly"
        | schedule | every night |
      Then Ada can read the configuration "nightly"
        | schedule | every night |

    Scenario: A newer configuration replaces the whole of the older
      Given Ada has saved the configuration "nightly"
        | schedule | every night |
        | owner    | Ada         |
      When Ada saves the configuration "nightly"
        | schedule | every week |
      Then Ada can read the configuration "nightly"
        | schedule | every week |

    Scenario: Configurations of different types are kept apart
      Given Ada has saved the configuration "nightly" of type "credentials"
        | host | db.example |
      When Ada saves the configuration "nightly"
        | schedule | every night |
      Then Ada can read the configuration "nightly"
        | schedule | every night |
      And Ada can read the configuration "nightly" of type "credentials"
        | host | db.example |

  Rule: A configuration needs a plain name and must have been saved

    Scenario Outline: Ada cannot <act> a configuration because <reason>
      When Ada tries to <act> the configuration "<name>"
      Then it is refused because <reason>

      Examples:
        | act  | name     | reason                                |
        | read | weekly   | there is no such configuration        |
        | read | night.ly | the configuration name is not allowed |
        | save | night ly | the configuration name is not allowed |

  Rule: Secrets are kept apart

    @needs:postgres-source
    Scenario: Stored credentials show the host and no secret
      When Ada stores the credentials in the vault
      Then the stored configuration shows the host and no secret
