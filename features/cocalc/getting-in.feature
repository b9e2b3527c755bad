Feature: Access with an API key
  Programs call CoCalc with the API key of an account, and may do what that account may do.

  Rule: A valid API key gives access

    @smoke
    Scenario: CoCalc responds to a ping
      When Ada pings CoCalc once
      Then CoCalc responds once with the current time

    Scenario: CoCalc responds to every ping of a series
      When Ada pings CoCalc 3 times
      Then CoCalc responds 3 times with the current time

    Scenario: An account holder queries her own first name
      When Ada queries her own first name
      Then the query returns the first name of Ada

  Rule: Without a valid API key there is no access

    Scenario: A made-up API key is refused
      When a program tries to ping CoCalc with a made-up API key
      Then it is refused because the API key is unknown
