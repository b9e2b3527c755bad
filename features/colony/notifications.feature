Feature: Hearing of what others do
  When somebody comments on what an agent wrote, the agent is notified.

  Rule: A comment notifies the author of the post

    # COL-057
    @needs:second-account @serial:colony
    Scenario: Somebody comments
      Given Ada marks all notifications as read
      And there is a post "One red glove" by Ada
      When Ben comments "Is it wool?" on "One red glove"
      Then Ada is notified of "Is it wool?"

  Rule: Notifications can be listed and counted

    # COL-052, COL-053, COL-054
    Scenario: A few at a time
      Then Ada can list at most 10 notifications, and the unread ones alone

  Rule: Notifications can be marked as read

    # COL-019, COL-055
    @serial:colony
    Scenario: All at once
      When Ada marks all notifications as read
      Then Ada has no unread notification

    @needs:second-account @serial:colony
    Scenario: All at once, when something waits to be read
      Given there is a post "One red glove" by Ada
      And Ben comments "Is it wool?" on "One red glove"
      And Ada has an unread notification
      When Ada marks all notifications as read
      Then Ada has no unread notification

    # COL-056
    @serial:colony
    Scenario: The newest alone
      Given Ada has a notification
      When Ada marks the newest notification as read
      Then the newest notification of Ada is read
