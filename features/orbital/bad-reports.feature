Feature: Invalid position reports
  Phones sometimes send positions that cannot be right. Such a report is refused with the field that is wrong, and it
  changes nothing.

  Rule: Only couriers report positions

    Scenario: A user who is not a courier cannot report a position
      Given Ada is not a courier
      When Ada tries to report a position
      Then it is refused because there is no such courier

  Rule: The refusal names the field that is wrong

    Scenario Outline: A report with <flaw> is refused
      When Ada tries to report a position with <flaw>
      Then it is refused because <reason>

      Examples:
        | flaw                            | reason                   |
        | no latitude                     | the latitude is missing  |
        | a latitude of 90.5              | the latitude is invalid  |
        | a latitude of -90.5             | the latitude is invalid  |
        | a longitude of -180.5           | the longitude is invalid |
        | a longitude of 180.5            | the longitude is invalid |
        | a longitude in words            | the longitude is invalid |
        | an accuracy of -1 metre         | the accuracy is invalid  |
        | a time that is not a time       | the time is invalid      |
        | a time 10 minutes in the future | the time is invalid      |

  Rule: A refused report has no effect

    @needs:rabbitmq @needs:mongodb @needs:redis
    Scenario: A refused report is neither published nor stored
      Given other services are subscribed to events
      When Ada tries to report a position with a latitude of 90.5
      Then it is refused because the latitude is invalid
      And no event about Ada is published
      And nothing is stored for Ada
