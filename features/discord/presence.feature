Feature: Showing who is there
  Before people ask a bot, they look whether it is there, and what it is about.

  Rule: What a bot shows is what others see

    # DIS-081, DIS-083
    @serial:discord
    Scenario: Not to be disturbed
      When Ada shows as busy with "Running the acceptance suite"
      Then others see Ada as busy

    # DIS-082
    @serial:discord
    Scenario: Ready again
      Given Ada shows as busy with "Running the acceptance suite"
      When Ada shows as available with "Ready!"
      Then others see Ada as available

    @serial:discord
    Scenario: Away
      When Ada shows as away with "Back in a minute"
      Then others see Ada as away

  Rule: A bot with leave to look sees who is there

    # DIS-080
    Scenario: Whatever Ben is, it can be told
      When Ada connects to the gateway
      Then Ada can tell whether Ben is there

    @sandbox-only
    Scenario: Ben steps out
      When Ben becomes away
      Then others see Ben as away
