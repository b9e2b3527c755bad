Feature: Showing who is there
  Before people ask a bot, they look whether it is there.

  Rule: What a bot shows is what others see

    # SYM-061
    @serial:symphony
    Scenario: Busy
      When Ada shows as busy with "Running the acceptance suite"
      Then others see Ada as busy

    # SYM-061
    @serial:symphony
    Scenario: Ready again
      Given Ada shows as busy with "Running the acceptance suite"
      When Ada shows as available with "Ready!"
      Then others see Ada as available

    # SYM-062
    Scenario: A presence there is not
      When Ada tries to show a presence there is not
      Then it is refused because there is no such presence

    @sandbox-only
    Scenario: A bot that may not show any
      Given the administrator does not let Ada show her presence
      When Ada tries to show as busy
      Then it is refused because Ada lacks the entitlement

  Rule: A bot sees who is there

    # SYM-060
    Scenario: Whatever Ben is, it can be told
      When Ada looks Ben up
      Then Ada can tell whether Ben is there

    @human
    Scenario: Ben steps out
      When Ben turns away
      Then others see Ben as away

    # SYM-062
    Scenario: An account that never was
      When Ada tries to see whether an account that never was is there
      Then it is refused because there is nobody like that
