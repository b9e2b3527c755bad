Feature: Logging in
  Couriers log in with their phone number and a password. They get an access token, which every other request needs.

  Rule: The right phone and password give an access token

    @smoke
    Scenario: A courier logs in with phone and password
      Given Ada is a courier who is offline
      When Ada logs in
      Then the access token identifies Ada as a courier who is offline

    Scenario: A user who is not a courier can log in
      Given Ada is not a courier
      When Ada logs in
      Then the access token identifies Ada as not a courier

  Rule: A refused login does not reveal whether the phone or the password was wrong

    Scenario: A wrong password is refused
      When Ada tries to log in with a wrong password
      Then it is refused because phone or password is wrong

    Scenario: An unknown phone is refused
      When Ada tries to log in with an unknown phone
      Then it is refused because phone or password is wrong
      And the refusal is the same as for a wrong password

  Rule: A deactivated user cannot log in

    Scenario: A deactivated user is refused despite the right password
      Given Ada is a deactivated user
      When Ada tries to log in with the right password
      Then it is refused because the user is inactive

  Rule: The refusal names what is missing

    Scenario Outline: A login without a <field> is refused
      When Ada tries to log in without a <field>
      Then it is refused because the <field> is missing

      Examples:
        | field    |
        | phone    |
        | password |
