Feature: Announcements and sign-in tokens
  The manager of an organization can write to all of its members at once, and let support sign in as one of them.

  Background:
    Given Ada has created the organization "Botany"
    And Ben is a member of the organization "Botany"
    And Cleo is a member of the organization "Botany"

  Rule: An announcement is sent to every member

    Scenario: An announcement is sent to all members
      When Ada sends the message "The greenhouse is closed on Friday" to all members of the organization "Botany"
      Then the message "The greenhouse is closed on Friday" is sent from Ada to only Ben and Cleo

    Scenario: An announcement keeps its Markdown and the emoji in its subject
      When Ada sends the message "🌱 New seeds" to all members of the organization "Botany":
        """markdown
        # Seeds

        - *fern*
        - **moss**

        [Where to get them](https://botany.invalid/seeds)
        """
      Then the message "🌱 New seeds" is sent from Ada to only Ben and Cleo

    @needs:second-account @destructive
    Scenario: A member receives an announcement
      Given Ada has added Dan to the organization "Botany"
      When Ada sends the message "The greenhouse is closed on Friday" to all members of the organization "Botany"
      Then Dan receives the message "The greenhouse is closed on Friday" from Ada

  Rule: A sign-in token lets its holder sign in as a member until it is revoked

    Scenario: A sign-in token comes with a link
      When Ada creates a sign-in token for Ben
      Then the sign-in token for Ben is valid

    Scenario: A revoked sign-in token is no longer valid
      Given Ada has created a sign-in token for Ben
      When Ada revokes the sign-in token for Ben
      Then the sign-in token for Ben is revoked

    Scenario: A sign-in token is not an API key
      Given Ada has created a sign-in token for Ben
      When a program tries to ping CoCalc with the sign-in token for Ben
      Then it is refused because the API key is unknown

  Rule: An organization keeps its profile, members and admins

    Scenario: An organization is complete after its first announcement
      Given Ada has described the organization "Botany" as follows:
        | title | Institute of Botany |
      And Dan is a member of the organization "Botany"
      And Ada has added Dan to the admins of the organization "Botany"
      And Ada has created a sign-in token for Ben
      And Ada has revoked the sign-in token for Ben
      When Ada sends the message "The greenhouse is closed on Friday" to all members of the organization "Botany"
      Then the message "The greenhouse is closed on Friday" is sent from Ada to only Ben, Cleo and Dan
      And the organization "Botany" is described as follows:
        | title | Institute of Botany |
      And only Ben, Cleo and Dan belong to the organization "Botany"
      And only Dan belongs to the admins of the organization "Botany"
