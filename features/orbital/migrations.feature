Feature: The schema
  The schema grows by revisions, one after the other, so that any two databases at the same revision are alike.

  Rule: The database is as the backend needs it

    # ORB-061
    Scenario: It is at the latest revision
      When somebody asks the database for its revision
      Then it is at the revision "0003_deliveries"

  Rule: Revisions form a chain, which can be walked both ways

    # ORB-062
    @sandbox-only
    Scenario: No two revisions follow the same one
      When somebody looks through the revisions
      Then they form one chain

    # ORB-063
    @sandbox-only
    Scenario: Bringing it up to date twice
      Given an empty database
      When it is brought up to date
      Then it holds users, couriers and deliveries
      And bringing it up to date once more changes nothing

    # ORB-064
    @sandbox-only
    Scenario: Back to nothing
      Given an empty database
      And it was brought up to date
      When it is taken back to the beginning
      Then it holds nothing

    # ORB-064
    @sandbox-only
    Scenario: And up again
      Given an empty database
      And it was brought up to date
      And it was taken back to the beginning
      When it is brought up to date
      Then it holds users, couriers and deliveries
