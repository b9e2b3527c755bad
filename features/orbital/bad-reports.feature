Feature: Reports that make no sense
  Phones send nonsense now and then. It is refused, saying what is wrong, and leaves no trace anywhere.

  Rule: Only couriers report

    # ORB-026
    Scenario: Somebody who is no courier
      Given Ada is no courier
      When Ada tries to report where she is
      Then it is refused because she is no courier

  Rule: What is wrong is named

    Scenario Outline: <report>
      When Ada tries to report <report>
      Then it is refused because <reason>

      Examples:
        | report                  | reason                 |
        # ORB-027
        | no latitude             | the latitude is wrong  |
        # ORB-028
        | a latitude of 90.5      | the latitude is wrong  |
        # ORB-029
        | a longitude of -180.5   | the longitude is wrong |
        # ORB-030
        | a longitude in words    | the longitude is wrong |
        # ORB-031
        | an accuracy of -1 metre | the accuracy is wrong  |
        # ORB-032
        | a time that is no time  | the time is wrong      |
        | a time 10 minutes ahead | the time is wrong      |

  Rule: A refused report leaves nothing behind

    # ORB-033
    @needs:rabbitmq @needs:mongodb @needs:redis
    Scenario: Nobody learns of it, and nothing keeps it
      Given other services are listening
      When Ada tries to report a latitude of 90.5
      Then it is refused because the latitude is wrong
      And other services learn nothing of Ada
      And nothing is kept of Ada
