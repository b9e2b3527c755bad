Feature: Keeping a connector's configuration
  What an owner has set stays until it is set anew. Settings of one kind are no business of another, and secrets are no
  part of them.

  Rule: What is saved is read again as it was

    # CON-018, CON-413, CON-414, CON-514
    Scenario: A configuration is kept
      When Ada saves the configuration "nightly"
        | schedule | every night |
      Then Ada reads the configuration "nightly"
        | schedule | every night |

    # CON-533
    Scenario: Not every configuration is an object
      When Ada saves the list "shop, archive" as the configuration "nightly"
      Then Ada reads the list "shop, archive" as the configuration "nightly"

    # CON-556
    Scenario: A newer one replaces the whole of the older
      Given Ada has saved the configuration "nightly"
        | schedule | every night |
        | owner    | Ada         |
      When Ada saves the configuration "nightly"
        | schedule | every week |
      Then Ada reads the configuration "nightly"
        | schedule | every week |

    # CON-557
    Scenario: Kinds of settings are kept apart
      Given Ada has saved the configuration "nightly" for credentials
        | host | db.example |
      When Ada saves the configuration "nightly"
        | schedule | every night |
      Then Ada reads the configuration "nightly"
        | schedule | every night |
      And Ada reads the configuration "nightly" for credentials
        | host | db.example |

  Rule: What was never saved, or was emptied, is not there

    # CON-412, CON-515
    Scenario: Never saved
      When Ada tries to read the configuration "never saved"
      Then it is refused because nothing is stored there

    # CON-558
    Scenario: Emptied
      Given Ada has saved the configuration "nightly"
        | schedule | every night |
      When Ada saves nothing as the configuration "nightly"
      And Ada tries to read the configuration "nightly"
      Then it is refused because nothing is stored there

  Rule: Names are plain

    # CON-280
    Scenario: A name with a dot is not looked up
      When Ada tries to read a configuration as "night.ly"
      Then it is refused because the name is not allowed

    # CON-281
    Scenario: A name with a blank is not saved under
      When Ada tries to save a configuration as "night ly"
      Then it is refused because the name is not allowed

  Rule: Secrets are kept apart

    # CON-559
    @needs:postgres-source
    Scenario: Credentials are in the vault, the rest in the settings
      Then the connector's settings show the host and no secret
